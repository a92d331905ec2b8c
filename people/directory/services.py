"""Writes people and their postings: history is never overwritten, a change is a new dated row."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people.directory.errors import (
    AlreadyThere,
    HasNoPosting,
    StaffNumberTaken,
    TooEarly,
    UnitClosed,
)
from people.errors import NotAllowed
from people.events import person_left
from people.logs import record
from people.models import AccessToken, Post, Posting, RoleGrant, Trade, Unit, User
from people.models.users import staff_number_fold
from people.roles.rules import may_hand_out_sign_in, may_manage
from people.roles.selectors import grants_now_or_later, places_of, reach_of
from people.roles.services import groups_sync
from people.tokens.services import tokens_end

DAY = dt.timedelta(days=1)


def _must_reach(actor: User, *paths: str) -> None:
    for path in paths:
        if not may_manage(reach_of(actor), [path]):
            raise NotAllowed


def _must_manage(actor: User, person: User) -> None:
    if not may_manage_person(actor, person):
        raise NotAllowed


def _must_answer_for_sign_in(actor: User, person: User) -> None:
    if not may_answer_for_sign_in(actor, person):
        raise NotAllowed


def may_manage_person(actor: User, person: User) -> bool:
    """Whether the actor may write the person's row and postings."""
    return may_manage(reach_of(actor), places_of(person))


def may_answer_for_sign_in(actor: User, person: User) -> bool:
    """Whether the actor may deactivate and reactivate the person and change his mail address."""
    return may_hand_out_sign_in(reach_of(actor), places_of(person), grants_now_or_later(person))


@transaction.atomic
def person_create(
    *,
    actor: User,
    staff_number: str,
    name: str,
    unit: Unit,
    from_date: dt.date,
    trade: Trade | None = None,
    post: Post | None = None,
    phone: str = "",
) -> User:
    """A new person with his first posting; he gets in by a printed code.

    Refuses `NotAllowed` outside the actor's reach, `StaffNumberTaken`, `UnitClosed`.
    """
    _must_reach(actor, unit.path)
    if not unit.is_active:
        raise UnitClosed
    number = staff_number_fold(staff_number)
    if User.objects.filter(username=number).exists():
        raise StaffNumberTaken
    person = User(username=number, name=name.strip(), phone=phone.strip())
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    Posting.objects.create(person=person, unit=unit, trade=trade, post=post, from_date=from_date)
    record(actor=actor, action="person.created", target=person, data={"unit": unit.code, "from": from_date.isoformat()})
    return person


@transaction.atomic
def person_update(*, actor: User, person: User, name: str, phone: str, email: str | None = None) -> User:
    """Name and phone; the mail address too where given, which takes the right to hand out his sign-in."""
    _must_manage(actor, person)
    if email is not None and email != person.email:
        _must_answer_for_sign_in(actor, person)
    before = {"name": person.name, "phone": person.phone, "email": person.email}
    person.name, person.phone = name.strip(), phone.strip()
    person.email = person.email if email is None else email
    person.save(update_fields=["name", "phone", "email"])
    after = {"name": person.name, "phone": person.phone, "email": person.email}
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        record(actor=actor, action="person.updated", target=person, data=changed)
    return person


@transaction.atomic
def person_transfer(
    *,
    actor: User,
    person: User,
    unit: Unit,
    from_date: dt.date,
    trade: Trade | None = None,
    post: Post | None = None,
) -> Posting:
    """Posts the person to a unit from a day on; the posting before ends the day before.

    The actor must reach both places. On the very day on which the open posting began it is put right in place.
    Refuses `TooEarly` before that day, `AlreadyThere` where nothing would change, `UnitClosed`.
    """
    _must_manage(actor, person)
    _must_reach(actor, unit.path)
    if not unit.is_active:
        raise UnitClosed
    held = Posting.objects.select_for_update().filter(person=person, to_date=None).first()
    if held and (held.unit_id, held.trade_id, held.post_id) == (unit.pk, trade and trade.pk, post and post.pk):
        raise AlreadyThere
    last = Posting.objects.filter(person=person).order_by("-from_date", "-pk").first()
    if last and (from_date < last.from_date or (last.to_date and from_date <= last.to_date)):
        raise TooEarly(last.to_date + DAY if last.to_date else last.from_date)
    if held and held.from_date == from_date:
        held.unit, held.trade, held.post = unit, trade, post
        held.save()
        row = held
    else:
        if held:
            held.to_date = from_date - DAY
            held.save(update_fields=["to_date"])
        row = Posting.objects.create(person=person, unit=unit, trade=trade, post=post, from_date=from_date)
    data = {"from": from_date.isoformat(), "unit": unit.code, "before": held.unit.code if held else None}
    record(actor=actor, action="person.transferred", target=person, data=data)
    return row


@transaction.atomic
def person_leave(*, actor: User, person: User, last_date: dt.date) -> User:
    """The person leaves the company: posting and roles end on the last day, and then the account is shut.

    Refuses `HasNoPosting` where there is nothing to end, `TooEarly` before the posting began.
    """
    _must_answer_for_sign_in(actor, person)
    held = Posting.objects.select_for_update().filter(person=person, to_date=None).first()
    if held is None:
        raise HasNoPosting
    if last_date < held.from_date:
        raise TooEarly(held.from_date)
    held.to_date = last_date
    held.save(update_fields=["to_date"])
    for row in RoleGrant.objects.filter(person=person).exclude(to_date__lte=last_date):
        row.to_date = max(last_date, row.from_date)
        row.save(update_fields=["to_date"])
    person.left_date = last_date
    person.is_active = person.is_active and last_date >= timezone.localdate()
    person.save(update_fields=["left_date", "is_active"])
    if not person.is_active:
        tokens_end(actor=actor, person=person, why=AccessToken.Ended.ACCOUNT)
    groups_sync(person_ids=[person.pk])
    person_left.send(sender=User, actor=actor, person=person, last_date=last_date)
    record(actor=actor, action="person.left", target=person, data={"last": last_date.isoformat()})
    return person


@transaction.atomic
def person_deactivate(*, actor: User, person: User) -> User:
    """Shuts the account at once; everything the person did stays."""
    _must_answer_for_sign_in(actor, person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    tokens_end(actor=actor, person=person, why=AccessToken.Ended.ACCOUNT)
    groups_sync(person_ids=[person.pk])
    record(actor=actor, action="person.deactivated", target=person)
    return person


@transaction.atomic
def person_reactivate(*, actor: User, person: User) -> User:
    """Opens the account again; the person signs in with his old password or a new code."""
    _must_answer_for_sign_in(actor, person)
    person.is_active, person.left_date = True, None
    person.save(update_fields=["is_active", "left_date"])
    groups_sync(person_ids=[person.pk])
    record(actor=actor, action="person.reactivated", target=person)
    return person


@transaction.atomic
def leavers_deactivate(*, today: dt.date | None = None) -> int:
    """The daily task: shuts the accounts of people whose last day is over. Gives how many."""
    day = today or timezone.localdate()
    gone = list(User.objects.filter(is_active=True, left_date__lt=day))
    for person in gone:
        person.is_active = False
        person.save(update_fields=["is_active"])
        tokens_end(actor=None, person=person, why=AccessToken.Ended.ACCOUNT)
        record(actor=None, action="person.deactivated", target=person, data={"left": person.left_date.isoformat()})
    groups_sync(person_ids=[person.pk for person in gone])
    return len(gone)
