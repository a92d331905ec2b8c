"""What waits for a person today, most urgent first. Each source gives its own things; the page shows three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from people.models import User


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence, where, why now, and a word of state."""

    title: Promise | str
    url: str
    icon: str
    meta: Promise | str = ""
    badge: str = ""
    badge_label: Promise | str = ""


Source = Callable[[User], list[Task]]
SOURCES: list[Source] = []


def tasks_of(user: User) -> list[Task]:
    """All that waits for the person, in the order of the sources."""
    return [task for source in SOURCES for task in source(user)]
