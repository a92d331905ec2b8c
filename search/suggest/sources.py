"""Suggestions that come from no piece (terms of a dictionary): whoever has them registers here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from search.suggest.entries import Entry

Source = Callable[[], Iterable[tuple[str, Sequence[Entry]]]]
_sources: dict[str, Source] = {}


def register_suggestion_source(kind: str, source: Source) -> None:
    """`source()` gives (key, entries) of everything of the kind, as `owner_suggestions_set` was told; the audit compares.

    Raises ValueError where the kind is taken.
    """
    if kind in _sources:
        raise ValueError(f"source of suggestions registered twice: {kind}")
    _sources[kind] = source


def sources() -> dict[str, Source]:
    """All sources by kind."""
    return dict(_sources)
