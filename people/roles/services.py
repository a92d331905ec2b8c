"""Writes role grants, and the Django groups that are their projection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.audience.registry import group_contributors
from people.audience.services import access_changed
from people.audience.standing import in_force
from people.errors import DatesReversed, NotAllowed, RoleForWholeSite
from people.logs import record
from people.models import Role, RoleGrant, Unit, User
from people.roles import rules
from people.roles.selectors import reach_of

ROLE_PREFIX = "role:"
BATCH = 1000


@transaction.atomic
def grant_add(
    *,
    actor: User,
    person: User,
    role: str,
    from_date: dt.date,
    unit: Unit | None = None,
    to_date: dt.date | None = None,
) -> RoleGrant:
    """Gives a role from a day on, for one unit and what is below it or for the whole site.

    Refuses (`NotAllowed`) what the actor may not grant, `RoleForWholeSite` where the role knows no units,
    `DatesReversed` where it would end before it starts.
    """
    if unit is not None and role in rules.SITE_ROLES:
        raise RoleForWholeSite
    if not rules.may_grant(reach_of(actor), role, unit.path if unit else None):
        raise NotAllowed
    if to_date is not None and to_date < from_date:
        raise DatesReversed
    row = RoleGrant.objects.create(
        person=person, role=role, unit=unit, from_date=from_date, to_date=to_date, granted_by=actor
    )
    groups_sync(person_ids=[person.pk])
    record(actor=actor, action="grant.added", target=row, data=_told(row))
    return row


@transaction.atomic
def grant_end(*, actor: User, grant: RoleGrant, last_date: dt.date) -> RoleGrant:
    """Sets the last day of a grant. Refuses (`NotAllowed`) what the actor may not take away."""
    if not rules.may_grant(reach_of(actor), grant.role, grant.unit.path if grant.unit else None):
        raise NotAllowed
    if last_date < grant.from_date:
        raise DatesReversed
    grant.to_date = last_date
    grant.save(update_fields=["to_date"])
    groups_sync(person_ids=[grant.person_id])
    record(actor=actor, action="grant.ended", target=grant, data=_told(grant))
    return grant


def _told(grant: RoleGrant) -> dict[str, object]:
    return {
        "person": grant.person.username,
        "role": grant.role,
        "unit": grant.unit.code if grant.unit else None,
        "from": grant.from_date.isoformat(),
        "to": grant.to_date.isoformat() if grant.to_date else None,
    }


@transaction.atomic
def groups_sync(*, person_ids: Collection[int] | None = None, day: dt.date | None = None) -> int:
    """Makes people's projected groups equal to their roles and memberships of the day (None: of everybody).

    Only groups whose names begin with `role:` or a registered prefix are touched. Gives how many people changed.
    """
    today = day or timezone.localdate()
    scope = User.objects.all() if person_ids is None else User.objects.filter(pk__in=list(person_ids))
    ids = list(scope.order_by("pk").values_list("pk", flat=True))
    return sum(_groups_write(ids[start : start + BATCH], today) for start in range(0, len(ids), BATCH))


def _groups_write(ids: list[int], today: dt.date) -> int:
    wanted = _wanted_groups(ids, today)
    group_ids = _group_ids({name for names in wanted.values() for name in names})
    want = {(person, group_ids[name]) for person, names in wanted.items() for name in names}
    through = User.groups.through.objects
    owned = Group.objects.filter(_owned()).values("pk")
    rows = {(row.user_id, row.group_id): row.pk for row in through.filter(user_id__in=ids, group_id__in=owned)}
    gone = {pair: pk for pair, pk in rows.items() if pair not in want}
    new = want - rows.keys()
    through.filter(pk__in=gone.values()).delete()
    through.bulk_create([User.groups.through(user_id=p, group_id=g) for p, g in new], ignore_conflicts=True)
    changed = {person for person, _group in [*new, *gone]}
    access_changed(changed)
    User.objects.filter(pk__in=ids).update(groups_date=today)
    return len(changed)


def _owned() -> Q:
    condition = Q(name__startswith=ROLE_PREFIX)
    for prefix in group_contributors():
        condition |= Q(name__startswith=prefix)
    return condition


def _wanted_groups(ids: Collection[int], today: dt.date) -> dict[int, set[str]]:
    wanted: dict[int, set[str]] = {}
    active = User.objects.filter(pk__in=ids, is_active=True).values("pk")
    for person, role in RoleGrant.objects.filter(in_force(today), person__in=active).values_list("person_id", "role"):
        wanted.setdefault(person, set()).add(ROLE_PREFIX + role)
    for contributor in group_contributors().values():
        for person, names in contributor(ids, today).items():
            wanted.setdefault(person, set()).update(names)
    return wanted


def _group_ids(names: Iterable[str]) -> dict[str, int]:
    wanted = set(names)
    found = dict(Group.objects.filter(name__in=wanted).values_list("name", "pk"))
    return found | {name: Group.objects.get_or_create(name=name)[0].pk for name in wanted - found.keys()}


def role_groups_make() -> dict[str, Group]:
    """The group of each role, made where it is missing."""
    return {role.value: Group.objects.get_or_create(name=ROLE_PREFIX + role.value)[0] for role in Role}
