"""Members join, change and leave; a leaver's drafts go to the head."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.models import Page

from people import logs
from people.models import User
from studios import selectors
from studios.errors import AlreadyMember, DatesWrong, LastHead, NotMember
from studios.models import Membership, MembershipRole, Studio, StudioPage
from studios.services.groups import studio_groups_sync
from studios.services.roles import role_change

EDITABLE = {"post", "skill_level", "education", "age_band"}


@transaction.atomic
def member_add(
    *,
    actor: User | None,
    studio: Studio,
    person: User,
    role: str = MembershipRole.MEMBER,
    from_date: dt.date | None = None,
    **fields: Any,
) -> Membership:
    """Adds a member (post, skill_level, education, age_band). Raises AlreadyMember."""
    if studio.memberships.filter(person=person, to_date__isnull=True).exists():
        raise AlreadyMember
    row = Membership.objects.create(
        studio=studio, person=person, role=role, from_date=from_date or selectors.today(), **fields
    )
    studio_groups_sync(studio=studio)
    logs.record(actor=actor, action="studio.member_add", target=studio, data={"person": person.username, "role": role})
    return row


@transaction.atomic
def member_update(*, actor: User | None, membership: Membership, **fields: Any) -> Membership:
    """Changes role, post, skill level, education or age band. Raises LastHead, NotMember."""
    if membership.to_date is not None:
        raise NotMember
    if fields.get("role", MembershipRole.HEAD) != MembershipRole.HEAD:
        _refuse_headless(membership)
    for name in fields.keys() & EDITABLE:
        setattr(membership, name, fields[name])
    membership.save()
    if "role" in fields:
        membership = role_change(membership, role=fields["role"], from_date=selectors.today())
    studio_groups_sync(studio=membership.studio)
    data = {"person": membership.person.username, "fields": sorted(fields)}
    logs.record(actor=actor, action="studio.member_update", target=membership.studio, data=data)
    return membership


@transaction.atomic
def member_remove(*, actor: User | None, membership: Membership, to_date: dt.date | None = None) -> int:
    """Ends a membership; gives how many unpublished drafts went to the head. Raises LastHead, NotMember, DatesWrong."""
    to_date = to_date or selectors.today() - dt.timedelta(days=1)
    if membership.to_date is not None:
        raise NotMember
    if to_date < membership.from_date - dt.timedelta(days=1):
        raise DatesWrong
    _refuse_headless(membership)
    if to_date < membership.from_date:
        membership.delete()  # entered and taken back on one day: no day of it is left to remember
    else:
        membership.to_date = to_date
        membership.save(update_fields=["to_date"])
    moved = _drafts_to_head(membership)
    studio_groups_sync(studio=membership.studio, person_ids=[membership.person_id])
    data = {"person": membership.person.username, "to_date": to_date.isoformat(), "drafts": moved}
    logs.record(actor=actor, action="studio.member_remove", target=membership.studio, data=data)
    return moved


@transaction.atomic
def deputy_set(
    *, actor: User | None, membership: Membership, from_date: dt.date | None, to_date: dt.date | None
) -> None:
    """Lets a member release texts while the head is away, or ends that where both dates are None. Raises DatesWrong."""
    if (from_date is None) != (to_date is None) or (from_date and to_date and to_date < from_date):
        raise DatesWrong
    membership.deputy_from_date, membership.deputy_to_date = from_date, to_date
    membership.save(update_fields=["deputy_from_date", "deputy_to_date"])
    studio_groups_sync(studio=membership.studio)
    data = {"person": membership.person.username, "from": str(from_date or ""), "to": str(to_date or "")}
    logs.record(actor=actor, action="studio.deputy_set", target=membership.studio, data=data)


@transaction.atomic
def person_leaves(*, actor: User | None, person: User, to_date: dt.date) -> None:
    """Ends every membership and leadership of a person who leaves; a studio may be left without a head."""
    for row in Membership.objects.filter(person=person, to_date__isnull=True).select_related("studio", "person"):
        row.to_date = max(to_date, row.from_date)
        row.save(update_fields=["to_date"])
        row.studio.leaders.filter(person=person, to_date__isnull=True).update(to_date=row.to_date)
        _drafts_to_head(row)
        studio_groups_sync(studio=row.studio)
        logs.record(actor=actor, action="studio.member_remove", target=row.studio, data={"person": person.username})


def _refuse_headless(membership: Membership) -> None:
    if membership.role != MembershipRole.HEAD:
        return
    if not selectors.heads_of(membership.studio).exclude(pk=membership.person_id).exists():
        raise LastHead


def _drafts_to_head(membership: Membership) -> int:
    """Unpublished work of the leaver below the studio's page gets the head as its owner."""
    head = selectors.heads_of(membership.studio).exclude(pk=membership.person_id).first()
    page = StudioPage.objects.filter(studio=membership.studio).first()
    if head is None or page is None:
        return 0
    drafts = Page.objects.descendant_of(page).filter(owner=membership.person_id, has_unpublished_changes=True)
    return drafts.update(owner=head)
