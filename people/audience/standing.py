"""What a person is today: tokens, grants, and the audiences he satisfies. Cached, and never stale.

Every person row carries a random stamp that changes in the transaction of each change that concerns his access, and
every audience row carries one too. Both are read once a request; whatever was computed for the same stamps still holds, in
every process.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from people.audience import rules
from people.audience.registry import token_contributors
from people.audience.state import audience_state, person_state
from people.models import Audience, Posting, Role, RoleGrant, Unit, User

ROLES_THAT_READ_ALL = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
ANONYMOUS_TOKENS = frozenset({rules.PUBLIC})
CACHED_PERSONS = 4096


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today; `unit_path` is the tree path of the unit it reaches from, None for the whole site."""

    role: str
    unit_id: int | None
    unit_path: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is on one day."""

    tokens: frozenset[str]
    grants: tuple[Grant, ...] = ()
    trades: tuple[int, ...] = ()

    @property
    def reads_all(self) -> bool:
        """True for those who may read everything."""
        return rules.READ_ALL in self.tokens


class _Recent(OrderedDict[Any, Any]):
    """A least-recently-used table that several threads share."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self.lock = Lock()

    def find(self, key: Any) -> Any | None:
        with self.lock:
            if key in self:
                self.move_to_end(key)
            return self.get(key)

    def put(self, key: Any, value: Any) -> None:
        with self.lock:
            self[key] = value
            while len(self) > self.size:
                self.popitem(last=False)


_standings = _Recent(CACHED_PERSONS)
_visible = _Recent(CACHED_PERSONS)

_NOBODY = Standing(ANONYMOUS_TOKENS)


def in_force(today: dt.date) -> Q:
    """Condition on rows with `from_date` and `to_date` (the last day) that hold on a day."""
    return Q(from_date__lte=today) & (Q(to_date__isnull=True) | Q(to_date__gte=today))


def standing_of(user: User | AnonymousUser, today: dt.date | None = None) -> Standing:
    """What the person is on a day (today by default). Anonymous, deactivated and departed people are the public."""
    day = today or timezone.localdate()
    stamp = person_state(user.pk)
    if not stamp:
        return _NOBODY
    _access_stamp, is_active, is_superuser, left_date = stamp
    if not is_active or (left_date is not None and left_date < day):
        return _NOBODY
    key = (user.pk, stamp, day)
    standing: Standing | None = _standings.find(key)
    if standing is None:
        standing = _standing_read(user, day, is_superuser=is_superuser)
        _standings.put(key, standing)
    return standing


def _standing_read(user: Any, day: dt.date, *, is_superuser: bool) -> Standing:
    grants = tuple(
        Grant(*row)
        for row in RoleGrant.objects.filter(in_force(day), person_id=user.pk)
        .order_by("pk")
        .values_list("role", "unit_id", "unit__path")
    )
    postings = list(
        Posting.objects.filter(in_force(day), person_id=user.pk).order_by("pk").values_list("unit__path", "trade_id")
    )
    tokens = {rules.PUBLIC, rules.SIGNED_IN, rules.token("person", user.pk), rules.token("role", Role.TRAINEE)}
    tokens |= {rules.token("unit", pk) for pk in _units_above([path for path, _trade in postings])}
    tokens |= {
        rules.token("group", pk)
        for pk in User.groups.through.objects.filter(user_id=user.pk).values_list("group_id", flat=True)
    }
    tokens |= {rules.token("role", grant.role) for grant in grants}
    if is_superuser or any(grant.role in ROLES_THAT_READ_ALL for grant in grants):
        tokens.add(rules.READ_ALL)
    for contributor in token_contributors():
        tokens.update(contributor(user, day))
    return Standing(frozenset(tokens), grants, tuple(trade for _path, trade in postings if trade))


def _units_above(paths: list[str]) -> list[int]:
    step = Unit.steplen
    wanted = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    return list(Unit.objects.filter(path__in=wanted).values_list("pk", flat=True)) if wanted else []


def audiences_of(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the audiences that the person satisfies today."""
    standing = standing_of(user)
    key = (standing.tokens, audience_state().audiences)
    ids: frozenset[int] | None = _visible.find(key)
    if ids is None:
        ids = frozenset(
            row.pk for row in Audience.objects.only("pk", "clauses") if rules.satisfies(row.clauses, standing.tokens)
        )
        _visible.put(key, ids)
    return ids
