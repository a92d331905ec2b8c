"""Reads people, units, trades and posts for those who look after them: each sees his reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from people.access import units_within_reach
from people.audience.standing import standing_of
from people.errors import NotAllowed, NotFound
from people.models import Posting, Role, Trade, Unit, User
from people.roles.selectors import reach_of

READERS = (Role.HR, Role.UNIT_UNION, Role.COMPANY_UNION, Role.AUDITOR, Role.ADMINISTRATOR)
WRITERS = (Role.HR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a list of people is narrowed to; empty values narrow nothing."""

    text: str = ""
    unit: Unit | None = None
    trade: Trade | None = None
    active: bool | None = True


def with_latest_posting(people: QuerySet[User]) -> QuerySet[User]:
    """Adds `posting_id`: the posting of today or the last one before it; the first to come where there is none yet."""
    mine = Posting.objects.filter(person=OuterRef("pk"))
    begun = mine.filter(from_date__lte=timezone.localdate()).order_by("-from_date", "-pk")
    coming = mine.order_by("from_date", "pk")
    return people.annotate(posting_id=Coalesce(Subquery(begun.values("pk")[:1]), Subquery(coming.values("pk")[:1])))


def reading_paths(user: User) -> list[str | None]:
    """Paths of the units whose people the user may read; None for all."""
    standing = standing_of(user)
    if user.is_superuser:
        return [None]
    return [grant.unit_path for grant in standing.grants if grant.role in READERS]


def people_visible_to(user: User) -> QuerySet[User]:
    """The people whom the user looks after or may read about, each with `posting_id`."""
    people = with_latest_posting(User.objects.all())
    paths = reading_paths(user)
    if None in paths:
        return people
    units = Unit.objects.filter(_at_or_below(path for path in paths if path is not None))
    return people.filter(posting_id__in=Posting.objects.filter(unit__in=units).values("pk"))


def _at_or_below(paths: Iterable[str]) -> Q:
    reach = Q(pk__in=[])
    for path in paths:
        reach |= Q(path__startswith=path)
    return reach


def people_list(user: User, asked: PeopleFilter) -> QuerySet[User]:
    """People visible to the user, narrowed, by staff number. Text matches in the middle of names and numbers."""
    people = people_visible_to(user)
    if asked.text:
        people = people.filter(Q(name__icontains=asked.text) | Q(username__icontains=asked.text))
    if asked.unit:
        below = Unit.objects.filter(path__startswith=asked.unit.path)
        people = people.filter(posting_id__in=Posting.objects.filter(unit__in=below).values("pk"))
    if asked.trade:
        people = people.filter(posting_id__in=Posting.objects.filter(trade=asked.trade).values("pk"))
    if asked.active is not None:
        people = people.filter(is_active=asked.active)
    return people.order_by("username")


def postings_by_id(people: Iterable[User]) -> dict[int, Posting]:
    """The postings named by `posting_id` of these people, with unit, trade and post, in one query."""
    ids = [person.posting_id for person in people if person.posting_id]
    return Posting.objects.select_related("unit", "trade", "post").in_bulk(ids)


def person_get_for(user: User, pk: int) -> User:
    """One person, if the user may read about him; `NotFound` or `NotAllowed` otherwise."""
    person = people_visible_to(user).filter(pk=pk).first()
    if person is None:
        raise NotAllowed if User.objects.filter(pk=pk).exists() else NotFound
    return person


def units_written_by(user: User) -> QuerySet[Unit]:
    """Units into which the user may post people and below which he may add units, in the order of the tree."""
    return units_within_reach(user, *WRITERS).order_by("path")


def units_read_by(user: User) -> QuerySet[Unit]:
    """Units whose people the user may read, in the order of the tree."""
    return units_within_reach(user, *READERS).order_by("path")


def writes_everything(user: User) -> bool:
    """Whether the user writes people for the whole site."""
    return any(role in WRITERS and reach is None for role, reach in reach_of(user))
