"""The results page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import query, registry
from search.insight.services import asked_record, opened_token
from search.marking import marked_html
from search.rules import DEEPEST, page_number, query_text
from search.selectors import recent_pages
from search.suggest.asking import people_to_ask, popular_terms

PER_PAGE = 10
CHIPS_SHOWN = 20
FACETS = ("kind", "studio", "trade")
RETRY_SECONDS = "60"


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """`?q=` asks, `kind`, `studio`, `trade` narrow, `page` turns, `exact=1` insists. Without `q`: what is new."""
    asked = query_text(request.GET.get("q", ""))
    chosen = _chosen(request)
    insists = request.GET.get("exact") == "1"
    if not asked:
        return _answer(request, "search/start.html", {"recent": recent_pages(request.user)})
    try:
        found = query.search(
            user=request.user,
            text=asked,
            page=page_number(request.GET.get("page", ""), PER_PAGE),
            per_page=PER_PAGE,
            exact=insists,
            **chosen,
        )
    except query.EngineUnavailable:
        response = _answer(request, "search/away.html", {"asked": asked}, status=503)
        response["Retry-After"] = RETRY_SECONDS
        return response
    pages = Paginator(range(found.reachable), PER_PAGE)
    if found.page > pages.num_pages:
        again = {"exact": 1} if insists else {}
        return HttpResponseRedirect(f"?{_address(asked, chosen, **again, page=pages.num_pages)}")
    filters = {name: value for name, value in chosen.items() if value is not None}
    if found.page == 1:
        asked_record(text=asked, total=0 if found.corrected else found.total, user=request.user, filtered=bool(filters))
    return _answer(
        request,
        "search/results.html",
        {
            "found": found,
            "asked": asked,
            "page": pages.get_page(found.page),
            **_lists(found, asked),
            "facets": _facet_rows(found, asked, chosen),
            "filtered": bool(filters),
            "unfiltered": f"?{_address(asked, {})}",
            "insist": f"?{_address(asked, chosen, exact=1)}",
            "offers": [{"text": text, "url": f"?{_address(text, {})}"} for text in found.offers],
            **_help(request, found, chosen),
            "deepest": DEEPEST if found.total + found.beyond > DEEPEST else None,
        },
    )


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _help(request: HttpRequest, found: query.Results, chosen: dict[str, Any]) -> dict[str, Any]:
    """Whom to ask and what else to search for, where nothing was found."""
    if found.total or found.beyond:
        return {}
    terms = [{"text": term, "url": f"?{_address(term, {})}"} for term in popular_terms(request.user)]
    return {"people": people_to_ask(request.user, chosen["trade"]), "terms": terms}


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """The filters of the address; what is no known kind or no number is left out."""
    kind = request.GET.get("kind", "")
    chosen: dict[str, Any] = {"kind": kind if kind in registry.kinds() else None}
    for name in ("studio", "trade"):
        value = request.GET.get(name, "")
        chosen[name] = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
    return chosen


def _address(asked: str, chosen: dict[str, Any], **more: Any) -> str:
    return urlencode({"q": asked, **{name: value for name, value in chosen.items() if value is not None}, **more})


def _facet_rows(found: query.Results, asked: str, chosen: dict[str, Any]) -> dict[str, Any]:
    """The kinds as chips, the other facets below a fold. A facet with nothing to choose from is left out."""
    labels = {"kind": _("种类"), "studio": _("工作室"), "trade": _("工种")}
    rows = {name: _facet_row(name, labels[name], found.facets.get(name, []), asked, chosen) for name in FACETS}
    useful = {name: row for name, row in rows.items() if len(row["chips"]) > 1 or chosen[name] is not None}
    return {
        "kind": useful.get("kind"),
        "others": [row for name, row in useful.items() if name != "kind"],
        "open": chosen["studio"] is not None or chosen["trade"] is not None,
    }


def _facet_row(
    name: str, label: str, values: list[query.FacetValue], asked: str, chosen: dict[str, Any]
) -> dict[str, Any]:
    """A facet's chips. A chosen chip's link takes the filter away."""
    chips = [
        {
            "label": value.label,
            "count": value.count,
            "current": value.chosen,
            "href": "?" + _address(asked, {**chosen, name: None if value.chosen else value.value}),
        }
        for value in values[:CHIPS_SHOWN]
    ]
    return {"name": name, "label": label, "chips": chips}


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
        "more": [{"url": place.url, "place": place.label, "text": marked_html(place.text)} for place in hit.more],
    }
