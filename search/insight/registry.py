"""What a query can be made into: packages with content register the kinds of drafts that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from people.models import User


@dataclass(frozen=True, slots=True)
class DraftKind:
    """A kind of draft. `make(actor, title, place)` gives the address of its editor."""

    code: str
    label: str | Promise
    make: Callable[[User, str, int], str]


_kinds: dict[str, DraftKind] = {}
_places: list[Callable[[User], Sequence[tuple[int, str]]]] = []


def register_drafts(kinds: Sequence[DraftKind], places: Callable[[User], Sequence[tuple[int, str]]]) -> None:
    """Adds kinds of drafts, and says where a person may write: (id, name) of studios."""
    _kinds.update({kind.code: kind for kind in kinds})
    _places.append(places)


def draft_kinds() -> list[DraftKind]:
    """All kinds of drafts."""
    return list(_kinds.values())


def draft_kind(code: str) -> DraftKind | None:
    """The kind with a code."""
    return _kinds.get(code)


def draft_places(user: User) -> list[tuple[int, str]]:
    """Where the person may write."""
    return [place for places in _places for place in places(user)]
