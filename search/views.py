"""The results page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import query
from search.analysis.query import analysed_query
from search.filters import Asked, asked_for, facet_rows, sort_links
from search.insight.services import asked_record, opened_token
from search.insight.views import wanting
from search.marking import marked_html
from search.rules import DEEPEST, page_number, query_text
from search.selectors import recent_pages
from search.suggest.asking import people_to_ask, popular_terms

PER_PAGE = 10
RETRY_SECONDS = "60"


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """`?q=` asks, one value for each of FACETS narrows, `sort=date` orders, `page` turns, `exact=1` insists.

    Without `q`: what is new.
    """
    text = query_text(request.GET.get("q", ""))
    asked = asked_for(text, request.GET)
    insists = request.GET.get("exact") == "1"
    if not text:
        return _answer(request, "search/start.html", {"recent": recent_pages(request.user)})
    try:
        found = query.search(
            user=request.user,
            text=text,
            page=page_number(request.GET.get("page", ""), PER_PAGE),
            per_page=PER_PAGE,
            exact=insists,
            sort=asked.sort,
            **asked.chosen,
        )
    except query.EngineUnavailable:
        response = _answer(request, "search/away.html", {"asked": text}, status=503)
        response["Retry-After"] = RETRY_SECONDS
        return response
    pages = Paginator(range(found.reachable), PER_PAGE)
    if found.page > pages.num_pages:
        return HttpResponseRedirect(asked.address(exact=1 if insists else None, page=pages.num_pages))
    if found.page == 1:
        counted = 0 if found.corrected else found.total
        asked_record(text=text, total=counted, user=request.user, filtered=bool(asked.filters))
    return _answer(
        request,
        "search/results.html",
        {
            "found": found,
            "asked": text,
            "page": pages.get_page(found.page),
            **_lists(found, text),
            "facets": facet_rows(found, asked),
            "sorts": sort_links(asked),
            "filtered": bool(asked.filters),
            "only_excluded": _leaves_out_only(text),
            "unfiltered": asked.unfiltered(),
            "insist": asked.address(exact=1),
            "offers": [{"text": offer, "url": asked.unfiltered(offer)} for offer in found.offers],
            **_help(request, found, asked),
            "deepest": DEEPEST if found.total + found.beyond > DEEPEST else None,
        },
    )


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _leaves_out_only(text: str) -> bool:
    """Nothing but words to leave out was typed."""
    query_asked = analysed_query(text)
    return query_asked.empty and bool(query_asked.excluded)


def _help(request: HttpRequest, found: query.Results, asked: Asked) -> dict[str, Any]:
    """Where nothing was found: the question may be handed on; with nothing near either, whom to ask and what to try."""
    if found.total or found.page > 1:
        return {}
    kept = not (asked.filters or _leaves_out_only(found.text))
    offer = {"wanting": wanting(request, found.text) if kept else None}
    if found.beyond:
        return offer
    terms = [{"text": term, "url": asked.unfiltered(term)} for term in popular_terms(request.user)]
    return offer | {"people": people_to_ask(request.user, asked.chosen["trade"]), "terms": terms}


def _lists(found: query.Results, asked: str) -> dict[str, list[dict[str, Any]]]:
    """What editors recommend, what has the words, what means the same; each with a token that counts its opening."""
    rows: dict[str, list[dict[str, Any]]] = {"pinned": [], "exact": [], "beyond": []}
    for rank, hit in enumerate(found.hits, start=1 + (found.page - 1) * found.per_page):
        token = opened_token(text=asked, kind=hit.kind, key=hit.key, studio=hit.studio_id, rank=rank)
        name = "pinned" if hit.pinned else "exact" if hit.exact else "beyond"
        rows[name].append({**_row(hit), "opened": token})
    return rows


def _row(hit: query.ResultHit) -> dict[str, Any]:
    """A hit as the result component wants it."""
    return {
        "hit": hit,
        "more": [
            {
                "url": place.url,
                "place": place.label,
                "text": marked_html(place.text),
                "kind": place.kind,
                "lang": place.language,
                "named": place.named,
            }
            for place in hit.more
        ],
    }
