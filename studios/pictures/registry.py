"""What packages above know of pictures in use: releases that outlive the live text of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """A picture that a page shows, and by what: `page` for its live text, else the name of a registered source."""

    picture_id: int
    page_id: int
    source: str


Collect = Callable[[], Iterator[Use]]

_sources: dict[str, Collect] = {}


def register_picture_source(name: str, collect: Collect) -> None:
    """Names all uses that do not stand in a live page's own text, for `picture_uses_refresh_all`.

    Whoever registers also calls `picture_uses_add` in the transaction in which such a use comes into being.
    Raises ValueError where the name is taken.
    """
    if name in _sources:
        raise ValueError(f"picture source registered twice: {name}")
    _sources[name] = collect


def picture_sources() -> dict[str, Collect]:
    """All sources by name."""
    return dict(_sources)
