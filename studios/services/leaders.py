"""Leaders come and go; the rows stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from people import logs
from people.models import User
from studios import selectors
from studios.errors import AlreadyMember, DatesWrong, LastHead, NotMember
from studios.models import Leader, Membership, MembershipRole, Studio
from studios.services.groups import studio_groups_sync
from studios.services.roles import role_change

EDITABLE = {"honour", "honour_level", "honour_year", "specialty", "words", "photo"}


@transaction.atomic
def leader_add(*, actor: User | None, studio: Studio, person: User, from_date: dt.date, **fields: Any) -> Leader:
    """Adds a leader (honour, honour_level, honour_year, specialty, words, photo), who is head from that day.

    Raises AlreadyMember where the person leads the studio now.
    """
    if studio.leaders.filter(person=person, to_date__isnull=True).exists():
        raise AlreadyMember
    leader = Leader.objects.create(studio=studio, person=person, from_date=from_date, **fields)
    membership = studio.memberships.filter(person=person, to_date__isnull=True).first()
    if membership is None:
        Membership.objects.create(studio=studio, person=person, role=MembershipRole.HEAD, from_date=from_date)
    else:
        role_change(membership, role=MembershipRole.HEAD, from_date=from_date)
    studio_groups_sync(studio=studio)
    logs.record(actor=actor, action="studio.leader_add", target=studio, data={"person": person.username})
    return leader


@transaction.atomic
def leader_end(*, actor: User | None, leader: Leader, to_date: dt.date, keep_member: bool = True) -> None:
    """Ends a leader's time; he stays a master of the studio where `keep_member`.

    Raises LastHead where nobody would lead, DatesWrong, NotMember where his time is over already.
    """
    if leader.to_date is not None:
        raise NotMember
    if to_date < leader.from_date:
        raise DatesWrong
    heads = selectors.heads_of(leader.studio, to_date + dt.timedelta(days=1)).exclude(pk=leader.person_id)
    if not heads.exists():
        raise LastHead
    leader.to_date = to_date
    leader.save(update_fields=["to_date"])
    membership = leader.studio.memberships.filter(person=leader.person_id, to_date__isnull=True).first()
    if membership is not None and keep_member:
        role_change(membership, role=MembershipRole.MASTER, from_date=to_date + dt.timedelta(days=1))
    elif membership is not None:
        membership.to_date = max(to_date, membership.from_date)
        membership.save(update_fields=["to_date"])
    studio_groups_sync(studio=leader.studio)
    data = {"person": leader.person.username, "to_date": to_date.isoformat()}
    logs.record(actor=actor, action="studio.leader_end", target=leader.studio, data=data)


@transaction.atomic
def leader_change(
    *, actor: User | None, studio: Studio, person: User, from_date: dt.date, keep_member: bool = True, **fields: Any
) -> Leader:
    """Hands the studio to a new leader: those who led until then end the day before; history is kept."""
    leaving = list(studio.leaders.filter(to_date__isnull=True).exclude(person=person))
    leader = leader_add(actor=actor, studio=studio, person=person, from_date=from_date, **fields)
    for old in leaving:
        last_day = max(old.from_date, from_date - dt.timedelta(days=1))
        leader_end(actor=actor, leader=old, to_date=last_day, keep_member=keep_member)
    return leader


@transaction.atomic
def leader_update(*, actor: User | None, leader: Leader, **fields: Any) -> Leader:
    """Changes honour, honour_level, honour_year, specialty, words, photo."""
    for name in fields.keys() & EDITABLE:
        setattr(leader, name, fields[name])
    leader.save()
    data = {"person": leader.person.username, "fields": sorted(fields)}
    logs.record(actor=actor, action="studio.leader_update", target=leader.studio, data=data)
    return leader
