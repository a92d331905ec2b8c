"""Insight in the admin: what was not found, what was asked, what was opened; a draft out of a query; new pins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import require_role
from people.errors import Refusal
from people.models import Trade
from people.sheets import table_response
from search import query
from search.dictionary import access as dictionary_access
from search.furniture import furniture
from search.insight import access, rules, selectors, services
from search.insight.forms import PinForm
from search.insight.registry import draft_kinds, draft_places

PER_PAGE = 50
PERIODS = (7, 30, 90, rules.KEPT_DAYS)
LISTS = ("none", "asked", "opened")
RESULTS_SHOWN = 10


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """List, period, trade and words of the address; nonsense is the usual."""
    days = _number(request.GET.get("days", ""))
    trades = {trade.pk: trade for trade in Trade.objects.all()}
    shown = request.GET.get("list", "")
    chosen = {
        "list": shown if shown in LISTS else "none",
        "days": days if days in PERIODS else 30,
        "trade": trades.get(_number(request.GET.get("trade", "")) or 0),
        "trades": list(trades.values()),
        "text": request.GET.get("q", "").strip()[: rules.LONGEST_TEXT],
    }
    chosen["since"] = timezone.localdate() - dt.timedelta(days=chosen["days"] - 1)
    return chosen


@require_safe
@require_role(*access.READS)
def insight(request: HttpRequest) -> HttpResponse:
    """`?list=none|asked|opened`, `days`, `trade`, `q`, `p`, `export=xlsx`."""
    chosen = _chosen(request)
    rows = _rows(request, chosen)
    if request.GET.get("export") == "xlsx":
        return _workbook(chosen, rows, access.sees_all(request.user))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **furniture(_("搜索洞察"), "search", []),
        **chosen,
        "page": page,
        "periods": PERIODS,
        "sees_all": access.sees_all(request.user),
        "own_trade": selectors.own_trade(request.user),
        "drafts": draft_kinds(),
        "places": draft_places(request.user),
        "pins": access.manages_pins(request.user),
        "proposes": dictionary_access.proposes(request.user),
        "rules": {"days": rules.SHOWN_DAYS, "times": rules.SHOWN_TIMES, "kept": rules.KEPT_DAYS},
    }
    return render(request, "search/insight/insight.html", context)


def _rows(request: HttpRequest, chosen: dict[str, Any]) -> Any:
    if chosen["list"] == "opened":
        return selectors.opened_rows(user=request.user, since=chosen["since"], text=chosen["text"])
    return selectors.asked_rows(
        user=request.user,
        since=chosen["since"],
        none_only=chosen["list"] == "none",
        trade=chosen["trade"].pk if chosen["trade"] else None,
        text=chosen["text"],
    )


def _workbook(chosen: dict[str, Any], rows: Any, sees_all: bool) -> HttpResponse:
    """How much others found is for those who see all: it counts what they may see and the person may not."""
    if chosen["list"] == "opened":
        head = [_("打开的内容"), _("种类"), _("次数"), _("平均名次"), _("从哪些搜索词"), _("最近一天")]
        lines = [[r.title, r.kind_label, r.times, r.rank, "、".join(r.queries), r.last] for r in rows]
    else:
        columns = {
            "text": _("搜索词"),
            "times": _("次数"),
            "nothing": _("没找到的次数"),
            "wanted": _("请师傅写的次数"),
            "days": _("天数"),
            "found": _("找到篇数"),
            "last": _("最近一天"),
        }
        if not sees_all:
            del columns["found"]
        head = list(columns.values())
        lines = [[row[name] for name in columns] for row in rows[: selectors.MOST_ROWS]]
    title = _("搜索洞察")
    return table_response(f"{title}.xlsx", title, head, lines)


@require_POST
@require_role(*access.READS)
def draft(request: HttpRequest) -> HttpResponse:
    """Makes a query a draft and opens its editor."""
    try:
        address = services.draft_make(
            actor=request.user,
            kind=request.POST.get("kind", ""),
            text=request.POST.get("text", ""),
            place=_number(request.POST.get("place", "")) or 0,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("search_insight"))
    messages.success(request, _("草稿建好了，标题就是搜索词；补上内容再提交审核。"))
    return HttpResponseRedirect(address)


@require_http_methods(["GET", "POST"])
@require_role(*access.PINS)
def pin_new(request: HttpRequest) -> HttpResponse:
    """`?text=` the query, `?find=` other words to find the page by; POST pins one of the results."""
    if request.method == "POST":
        return _pin(request)
    text = request.GET.get("text", "").strip()[: rules.LONGEST_TEXT]
    find = request.GET.get("find", "").strip() or text
    trail = [{"url": reverse("pins:index"), "label": _("编辑推荐")}]
    context: dict[str, Any] = {"text": text, "find": find, **furniture(_("推荐一篇"), "pick", trail)}
    if text:
        context["held"] = selectors.pins_for(text)
        try:
            context["found"] = query.search(user=request.user, text=find, per_page=RESULTS_SHOWN)
        except query.EngineUnavailable:
            messages.error(request, _("搜索引擎连不上，暂时不能挑选结果，请稍后再试。"))
    return render(request, "search/insight/pin_new.html", context)


def _pin(request: HttpRequest) -> HttpResponse:
    form = PinForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("日期填得不对，请改正后再推荐。"))
        return HttpResponseRedirect(reverse("pins:add"))
    kind, _colon, key = request.POST.get("result", "").partition(":")
    try:
        text = request.POST.get("text", "")
        pin = services.pin_save(actor=request.user, text=text, kind=kind, key=key, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("pins:add"))
    messages.success(request, _("搜“%(text)s”时，“%(title)s”会排在最前。") % {"text": pin.text, "title": pin.title})
    return HttpResponseRedirect(reverse("pins:index"))
