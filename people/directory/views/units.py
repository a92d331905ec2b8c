"""Pages with which the tree of units, trades and posts is kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from people.audience.standing import in_force
from people.directory import forms, selectors, units
from people.directory.views.steps import ask, for_readers, for_writers
from people.errors import NotFound
from people.models import Post, Posting, Trade, Unit, User


def _trail() -> list[tuple[Any, str]]:
    return [(_("人员"), reverse("people:list")), (_("单位"), reverse("people:units"))]


def _unit_get_for(user: User, pk: int) -> Unit:
    unit = selectors.units_written_by(user).filter(pk=pk).first()
    if unit is None:
        raise NotFound
    return unit


@require_GET
@for_readers
def unit_tree(request: HttpRequest) -> HttpResponse:
    """The units within reach as a tree, each with the number of its people."""
    today = Q(postings__in=Posting.objects.filter(in_force(timezone.localdate()), person__is_active=True))
    rows = list(selectors.units_read_by(request.user).annotate(people=Count("postings", filter=today)))
    top = min((unit.depth for unit in rows), default=1)
    written = set(selectors.units_written_by(request.user).values_list("pk", flat=True))
    context = {
        "rows": [(unit, min(unit.depth - top, 6), unit.pk in written) for unit in rows],
        "writes": bool(written) or selectors.writes_everything(request.user),
        "trail": _trail()[:1] + [(_("单位"), "")],
    }
    return render(request, "people/units.html", context)


@for_writers
def unit_new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    initial = {"parent": request.GET.get("parent"), "kind": Unit.Kind.TEAM}
    return ask(
        request,
        forms.UnitPlaceForm,
        units.unit_add,
        initial=initial,
        title=_("新增单位"),
        label=_("保存"),
        back=reverse("people:units"),
        done=_("已新增单位。"),
        trail=_trail(),
    )


@for_writers
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Code, name and level of a unit."""
    unit = _unit_get_for(request.user, pk)
    initial = {"code": unit.code, "name": unit.name, "kind": unit.kind}
    return ask(
        request,
        forms.UnitForm,
        partial(units.unit_update, unit=unit),
        initial=initial,
        title=_("修改单位：%(name)s") % {"name": unit.name},
        label=_("保存"),
        back=reverse("people:units"),
        done=_("已保存。"),
        trail=_trail(),
    )


@for_writers
def unit_move(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit stands below."""
    unit = _unit_get_for(request.user, pk)
    parent = unit.get_parent()
    initial = {"parent": parent.pk if parent else None}
    return ask(
        request,
        partial(forms.UnitMoveForm, unit=unit),
        partial(units.unit_move, unit=unit),
        initial=initial,
        title=_("移动单位：%(name)s") % {"name": unit.name},
        label=_("移动"),
        back=reverse("people:units"),
        done=_("已移动，下级单位和人员一起过去了。"),
        intro=_("下级单位和人员跟着一起移动；按单位开放的内容，可见的人会随之改变。"),
        trail=_trail(),
    )


@require_POST
@for_writers
def unit_switch(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """Takes a unit out of use or into use again."""
    unit = _unit_get_for(request.user, pk)
    act = units.unit_close if state == "off" else units.unit_reopen
    act(actor=request.user, unit=unit)
    return redirect("people:units")


@require_GET
@for_readers
def trades(request: HttpRequest) -> HttpResponse:
    """Trades and their posts."""
    context = {
        "trades": Trade.objects.prefetch_related("posts"),
        "loose": Post.objects.filter(trade=None),
        "writes": selectors.writes_everything(request.user),
        "trail": [(_("人员"), reverse("people:list")), (_("工种和岗位"), "")],
    }
    return render(request, "people/trades.html", context)


@for_writers
def trade_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A trade, new where no key is given."""
    trade = Trade.objects.filter(pk=pk).first() if pk else None
    if pk and trade is None:
        raise NotFound
    initial = {"code": trade.code, "name": trade.name} if trade else {}
    return ask(
        request,
        forms.TradeForm,
        partial(units.trade_save, trade=trade),
        initial=initial,
        title=_("修改工种") if trade else _("新增工种"),
        label=_("保存"),
        back=reverse("people:trades"),
        done=_("已保存。"),
        trail=[(_("人员"), reverse("people:list")), (_("工种和岗位"), reverse("people:trades"))],
    )


@for_writers
def post_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A post, new where no key is given."""
    post = Post.objects.filter(pk=pk).first() if pk else None
    if pk and post is None:
        raise NotFound
    initial = {"code": post.code, "name": post.name, "trade": post.trade_id} if post else dict(request.GET.items())
    return ask(
        request,
        forms.PostForm,
        partial(units.post_save, post=post),
        initial=initial,
        title=_("修改岗位") if post else _("新增岗位"),
        label=_("保存"),
        back=reverse("people:trades"),
        done=_("已保存。"),
        trail=[(_("人员"), reverse("people:list")), (_("工种和岗位"), reverse("people:trades"))],
    )
