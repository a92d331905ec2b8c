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
from search.marking import marked_html
from search.rules import DEEPEST, page_number, query_text
from search.selectors import recent_pages

PER_PAGE = 10
CHIPS_SHOWN = 8
FACETS = ("kind", "studio", "trade")
RETRY_SECONDS = "60"


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """`?q=` asks, `kind`, `studio`, `trade` narrow, `page` turns. Without `q`: what is new and how to ask."""
    asked = query_text(request.GET.get("q", ""))
    chosen = _chosen(request)
    if not asked:
        return _answer(request, "search/start.html", {"recent": recent_pages(request.user)})
    try:
        found = query.search(
            user=request.user,
            text=asked,
            page=page_number(request.GET.get("page", ""), PER_PAGE),
            per_page=PER_PAGE,
            **chosen,
        )
    except query.EngineUnavailable:
        response = _answer(request, "search/away.html", {"asked": asked}, status=503)
        response["Retry-After"] = RETRY_SECONDS
        return response
    pages = Paginator(range(found.reachable), PER_PAGE)
    if found.page > pages.num_pages:
        return HttpResponseRedirect(f"?{_address(asked, chosen, page=pages.num_pages)}")
    filters = {name: value for name, value in chosen.items() if value is not None}
    return _answer(
        request,
        "search/results.html",
        {
            "found": found,
            "asked": asked,
            "page": pages.get_page(found.page),
            "exact": [_row(hit) for hit in found.hits if hit.exact],
            "beyond": [_row(hit) for hit in found.hits if not hit.exact],
            "facets": _facet_rows(found, asked, chosen),
            "filtered": bool(filters),
            "unfiltered": f"?{_address(asked, {})}",
            "deepest": DEEPEST if found.total + found.beyond > DEEPEST else None,
        },
    )


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


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


def _facet_rows(found: query.Results, asked: str, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """Chips by facet. A chosen chip's link takes the filter away."""
    labels = {"kind": _("种类"), "studio": _("工作室"), "trade": _("工种")}
    rows = []
    for name in FACETS:
        chips = [
            {
                "label": value.label,
                "count": value.count,
                "current": value.chosen,
                "href": "?" + _address(asked, {**chosen, name: None if value.chosen else value.value}),
            }
            for value in found.facets.get(name, [])
        ]
        if chips:
            rows.append(
                {"name": name, "label": labels[name], "chips": chips[:CHIPS_SHOWN], "more": chips[CHIPS_SHOWN:]}
            )
    return rows


def _row(hit: query.ResultHit) -> dict[str, Any]:
    """A hit as the result component wants it."""
    return {
        "hit": hit,
        "more": [{"url": place.url, "place": place.label, "text": marked_html(place.text)} for place in hit.more],
    }
