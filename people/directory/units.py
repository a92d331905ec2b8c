"""Writes the tree of units, trades and posts."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.audience.services import access_changed
from people.audience.standing import in_force
from people.directory.errors import CodeTaken, UnitClosed, UnitIntoItself, UnitNotEmpty
from people.errors import NotAllowed
from people.logs import record
from people.models import Post, Posting, Trade, Unit, User
from people.roles.rules import may_manage, reaches
from people.roles.selectors import reach_of


def _acting(actor: User) -> list[str | None]:
    return [reach for role, reach in reach_of(actor) if role in ("hr", "administrator")]


def _must_reach_above(actor: User, parent: Unit | None) -> None:
    if not any(reaches(reach, parent.path if parent else None) for reach in _acting(actor)):
        raise NotAllowed


def _must_reach(actor: User, unit: Unit) -> None:
    if not may_manage(reach_of(actor), [unit.path]):
        raise NotAllowed


@transaction.atomic
def unit_add(*, actor: User, parent: Unit | None, code: str, name: str, kind: str) -> Unit:
    """A unit below another within the actor's reach, or (whole site only) at the top. Refuses `CodeTaken`."""
    _must_reach_above(actor, parent)
    if parent is not None and not parent.is_active:
        raise UnitClosed
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken
    fields = {"code": code, "name": name, "kind": kind}
    unit = Unit.add_root(**fields) if parent is None else Unit.objects.get(pk=parent.pk).add_child(**fields)
    record(actor=actor, action="unit.added", target=unit, data={**fields, "parent": parent.code if parent else None})
    return unit


@transaction.atomic
def unit_update(*, actor: User, unit: Unit, code: str, name: str, kind: str) -> Unit:
    """Code, name and level of a unit; everything that refers to it follows. Refuses `CodeTaken`."""
    _must_reach(actor, unit)
    if Unit.objects.filter(code=code).exclude(pk=unit.pk).exists():
        raise CodeTaken
    before = {"code": unit.code, "name": unit.name, "kind": unit.kind}
    unit.code, unit.name, unit.kind = code, name, kind
    unit.save(update_fields=["code", "name", "kind"])
    record(actor=actor, action="unit.updated", target=unit, data={"before": before, "after": [code, name, kind]})
    return unit


@transaction.atomic
def unit_move(*, actor: User, unit: Unit, parent: Unit | None) -> Unit:
    """Puts a unit, with all below it, below another one. The actor must reach what it leaves and where it goes."""
    if parent is not None and parent.path.startswith(unit.path):
        raise UnitIntoItself
    _must_reach_above(actor, unit.get_parent())
    _must_reach_above(actor, parent)
    moving = Unit.objects.get(pk=unit.pk)
    if parent is None:
        moving.move(Unit.get_last_root_node(), pos="last-sibling")
    else:
        moving.move(Unit.objects.get(pk=parent.pk), pos="last-child")
    # Whoever is posted at or below it carries other units from now on.
    access_changed()
    record(actor=actor, action="unit.moved", target=unit, data={"parent": parent.code if parent else None})
    return Unit.objects.get(pk=unit.pk)


@transaction.atomic
def unit_close(*, actor: User, unit: Unit) -> Unit:
    """Takes a unit out of use; its history stays. Refuses `UnitNotEmpty`."""
    _must_reach(actor, unit)
    below = Unit.objects.filter(path__startswith=unit.path)
    still_there = Posting.objects.filter(in_force(timezone.localdate()) | Q(to_date=None), unit__in=below)
    if still_there.exists() or below.exclude(pk=unit.pk).filter(is_active=True).exists():
        raise UnitNotEmpty
    return _in_use(actor, unit, in_use=False)


@transaction.atomic
def unit_reopen(*, actor: User, unit: Unit) -> Unit:
    """Takes a unit into use again. Refuses `UnitClosed` where the one above it is closed."""
    _must_reach(actor, unit)
    parent = unit.get_parent()
    if parent is not None and not parent.is_active:
        raise UnitClosed
    return _in_use(actor, unit, in_use=True)


def _in_use(actor: User, unit: Unit, *, in_use: bool) -> Unit:
    unit.is_active = in_use
    unit.save(update_fields=["is_active"])
    record(actor=actor, action="unit.reopened" if in_use else "unit.closed", target=unit)
    return unit


def _must_keep_lists(actor: User) -> None:
    if None not in _acting(actor):
        raise NotAllowed


@transaction.atomic
def trade_save(*, actor: User, trade: Trade | None, code: str, name: str) -> Trade:
    """Adds or renames a trade; trades are the whole company's, so it takes a role over the whole site."""
    _must_keep_lists(actor)
    others = Trade.objects.exclude(pk=trade.pk) if trade else Trade.objects.all()
    if others.filter(Q(code=code) | Q(name=name)).exists():
        raise CodeTaken
    row = trade or Trade()
    row.code, row.name = code, name
    row.save()
    record(actor=actor, action="trade.saved", target=row, data={"code": code, "name": name})
    return row


@transaction.atomic
def post_save(*, actor: User, post: Post | None, code: str, name: str, trade: Trade | None) -> Post:
    """Adds or changes a post."""
    _must_keep_lists(actor)
    others = Post.objects.exclude(pk=post.pk) if post else Post.objects.all()
    if others.filter(code=code).exists():
        raise CodeTaken
    row = post or Post()
    row.code, row.name, row.trade = code, name, trade
    row.save()
    record(actor=actor, action="post.saved", target=row, data={"code": code, "name": name})
    return row
