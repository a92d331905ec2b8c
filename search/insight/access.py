"""Who sees what is asked: masters and heads, editors, auditors. Editors pin."""

from __future__ import annotations

from people.access import has_role
from people.audience.selectors import AnyUser
from people.audience.standing import standing_of
from people.models import Role

SEES_ALL = (Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR)
READS = (*SEES_ALL, Role.STUDIO_HEAD, Role.MASTER)
PINS = (Role.EDITOR, Role.ADMINISTRATOR)


def reads_insight(user: AnyUser) -> bool:
    """May open the pages of insight."""
    return has_role(user, *READS)


def sees_all(user: AnyUser) -> bool:
    """Sees all studios' pages, and a query that found nothing from its first time."""
    return has_role(user, *SEES_ALL)


def manages_pins(user: AnyUser) -> bool:
    """May put results first."""
    return has_role(user, *PINS)


def own_studios(user: AnyUser) -> list[int]:
    """Studios that the person belongs to today."""
    tokens = standing_of(user).tokens
    return sorted(int(token.partition(":")[2]) for token in tokens if token.startswith("studio:"))
