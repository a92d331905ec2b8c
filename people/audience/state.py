"""What every question about access needs first: the state of the audiences, and of the person. Asked once a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from people.audience import memo
from people.models import User

# Plain SQL, the same on both databases: it stands before every answer, and building it anew would cost more than
# the database takes for it.
_STATE = """
SELECT (SELECT COUNT(*) FROM people_audience), (SELECT COALESCE(SUM(stamp), 0) FROM people_audience),
       EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction)
"""
_PERSON_FIELDS = ("access_stamp", "is_active", "is_superuser", "left_date")


@dataclass(frozen=True, slots=True)
class AudienceState:
    """Number of audiences and sum of their stamps (equal: the same audiences); whether any page is restricted."""

    audiences: tuple[int, int]
    pages_restricted: bool


def audience_state() -> AudienceState:
    """The state now, or as it was when this request first asked."""
    known: AudienceState | None = memo.recall("audiences")
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(_STATE)
            count, stamps, restricted = cursor.fetchone()
        known = AudienceState((count, int(stamps)), bool(restricted))
        memo.keep("audiences", known)
    return known


def person_seen(user: User) -> None:
    """Remembers a person whose row this request has just read, so that it is not read again."""
    memo.keep(("person", user.pk), tuple(getattr(user, name) for name in _PERSON_FIELDS))


def person_state(person_id: int | None) -> tuple[Any, ...]:
    """The stamp of the person's access, whether active, whether superuser, the last day; empty for nobody."""
    if person_id is None:
        return ()
    known: tuple[Any, ...] | None = memo.recall(("person", person_id))
    if known is None:
        known = User.objects.filter(pk=person_id).order_by().values_list(*_PERSON_FIELDS).first() or ()
        memo.keep(("person", person_id), known)
    return known
