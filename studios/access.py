"""Who may work on which studio: one door for views and forms."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from people.access import has_role, units_within_reach
from people.models import Role, User
from studios import selectors
from studios.errors import NotHead
from studios.models import Studio

SEES_LIST = (Role.COMPANY_UNION, Role.UNIT_UNION, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR)
KEEPS_RECORD = (Role.COMPANY_UNION, Role.UNIT_UNION, Role.ADMINISTRATOR)


def studios_listed_for(user: User, rows: QuerySet[Studio]) -> QuerySet[Studio]:
    """Of these rows, the ones whose unit lies under a role of the person that reads the list."""
    return rows.filter(unit__in=units_within_reach(user, *SEES_LIST))


def studios_kept_by(user: User) -> QuerySet[Studio]:
    """Studios whose record the person keeps (union over the unit, administrator)."""
    return Studio.objects.filter(unit__in=units_within_reach(user, *KEEPS_RECORD))


def keeps_record(user: User, studio: Studio) -> bool:
    """True where the person may change the whole record."""
    return has_role(user, *KEEPS_RECORD, unit=studio.unit)


def keeps_team(user: User, studio: Studio) -> bool:
    """True where the person may add and remove members: the heads, and who keeps the record."""
    return selectors.is_head(user, studio) or keeps_record(user, studio)


def studio_get_for(user: User, pk: int, *, to: str) -> Studio:
    """The studio, for reading its record (`read`), keeping its team (`team`) or the record (`record`).

    Raises Http404 where there is none, NotHead where the person may not.
    """
    studio = Studio.objects.select_related("unit").filter(pk=pk).first()
    if studio is None:
        raise Http404
    allowed = {
        "read": lambda: keeps_team(user, studio) or has_role(user, *SEES_LIST, unit=studio.unit),
        "team": lambda: keeps_team(user, studio),
        "record": lambda: keeps_record(user, studio),
    }[to]
    if not allowed():
        raise NotHead
    return studio
