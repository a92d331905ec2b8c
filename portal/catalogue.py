"""Lists of what there is: operating methods, cases, materials, courses; one's own trade first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kb.models import CasePage, CoursewarePage, OperatingMethodPage, QuestionAnswerPage, TextbookPage
from people.models import Trade
from portal import selectors

PER_PAGE = 24


@dataclass(frozen=True)
class Shelf:
    """One list: its page types and its words."""

    models: tuple[type[Page], ...]
    title: Promise | str
    lead: Promise | str
    none: Promise | str
    icon: str


SHELVES = {
    "methods": Shelf(
        (OperatingMethodPage,),
        _("操作法"),
        _("师傅们在岗位上试出来、算得清效果的做法，一步一步写明白。"),
        _("还没有发布的操作法"),
        "wrench",
    ),
    "cases": Shelf(
        (CasePage, QuestionAnswerPage),
        _("案例与问答"),
        _("出过什么事、怎么处理的、下次怎么不再发生。"),
        _("还没有发布的案例"),
        "triangle-alert",
    ),
    "materials": Shelf(
        (TextbookPage, CoursewarePage),
        _("教材与课件"),
        _("上课用的书、幻灯片、表格和视频。"),
        _("还没有发布的教材"),
        "book-open",
    ),
}


def shelf(request: HttpRequest, name: str) -> HttpResponse:
    """One list, filtered by `?trade=<id>` and `?studio=<id>`; numbers that mean nothing are passed over."""
    chosen = SHELVES[name]
    trades = selectors.trades_used(chosen.models, request.user)
    studios = selectors.studios_used(chosen.models, request.user)
    trade = _one(trades, request.GET.get("trade"))
    studio = _one(studios, request.GET.get("studio"))
    own = selectors.trade_of(request.user)
    rows = selectors.pages_listed(chosen.models, request.user, first=own, trade=trade, studio=studio)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "name": name,
        "shelf": chosen,
        "page": page,
        "total": page.paginator.count,
        "cards": selectors.cards(_specific(page.object_list), request),
        "trades": _with_own_first(trades, own),
        "studios": studios,
        "trade": trade,
        "studio": studio,
        "own": own,
        "shelves": [
            {"label": other.title, "url": f"/{key}/", "current": key == name} for key, other in SHELVES.items()
        ],
    }
    return render(request, "portal/shelf.html", context)


def _one(rows: QuerySet[Any], value: str | None) -> Any:
    return next((row for row in rows if str(row.pk) == value), None) if value else None


def _specific(rows: Any) -> list[Page]:
    """The pages as their own types, in the same order."""
    return list(rows.specific()) if hasattr(rows, "specific") else list(rows)


def _with_own_first(trades: QuerySet[Trade], own: Trade | None) -> list[Trade]:
    return sorted(trades, key=lambda trade: (trade != own, trade.code))
