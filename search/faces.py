"""What a result shows besides its words: what kind of file it is, and a picture of the place that was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """`label` says more than the kind (演示文稿); `picture` is the address of a small picture, width and height in px."""

    label: str = ""
    picture: str = ""
    width: int = 0
    height: int = 0


# Given (key, locator) of hits that the reader may see, gives their faces by key.
Source = Callable[[Sequence[tuple[str, str]]], Mapping[str, Face]]
_sources: dict[str, Source] = {}


def register_faces(kind: str, source: Source) -> None:
    """Adds the source of a kind; it answers for a whole page of results in a bounded number of queries."""
    _sources[kind] = source


def faces(places: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], Face]:
    """Faces by kind and key, of hits given as (kind, key, locator of the best place)."""
    found: dict[tuple[str, str], Face] = {}
    for kind, source in _sources.items():
        wanted = [(key, locator) for told, key, locator in places if told == kind]
        if wanted:
            found |= {(kind, key): face for key, face in source(wanted).items()}
    return found
