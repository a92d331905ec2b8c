"""Ways to learn what a page teaches: higher packages register, the page shows what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from people.models import User


@dataclass(frozen=True, slots=True)
class LearnLink:
    """A course or other way to learn: what it is called, where it is, how far the reader is in words."""

    title: str
    url: str
    note: str = ""


Source = Callable[[UUID, User | AnonymousUser], Iterable[LearnLink]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a source: given a page's key and the reader, it gives links that this reader may open."""
    if source not in _sources:
        _sources.append(source)


def links_for(page_key: UUID, reader: User | AnonymousUser) -> list[LearnLink]:
    """All links of all sources."""
    return [link for source in _sources for link in source(page_key, reader)]
