"""What differs between two states of a page, place by place and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Han characters count one by one; figures with their unit sign, and Latin words, as a whole.
WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that is `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a page for comparison: locator, its name, its text, and what it shows beside words (pictures)."""

    locator: str
    label: str
    text: str
    pictures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs: `added`, `removed`, `changed` or `moved`."""

    kind: str
    label: str
    parts: tuple[Part, ...]
    pictures_changed: bool = False


def words_compare(before: str, after: str) -> tuple[Part, ...]:
    """The two texts as runs of words that are the same, removed or added."""
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(_runs(matcher, old, new))


def _runs(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Part("removed", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Part("added", "".join(new[new_from:new_to]))


def places_compare(before: Iterable[Place], after: Iterable[Place]) -> list[Difference]:
    """The places that differ, in the order of the new text, removed ones last.

    Places are matched by locator, so a step that was moved is the same step: only its order is told.
    """
    old = {place.locator: place for place in before}
    new = {place.locator: place for place in after}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    found = [
        difference
        for key, place in new.items()
        if (difference := _one(old.get(key), place, is_moved=key in moved)) is not None
    ]
    gone = [Difference("removed", place.label, (Part("removed", place.text),)) for place in old.values()
            if place.locator not in new and place.text]  # fmt: skip
    return [*found, *gone]


def _one(before: Place | None, after: Place, *, is_moved: bool) -> Difference | None:
    if before is None:
        parts = (Part("added", after.text),)
        return Difference("added", after.label, parts, bool(after.pictures)) if after.text or after.pictures else None
    pictures = before.pictures != after.pictures
    if before.text != after.text or pictures:
        return Difference("changed", after.label, words_compare(before.text, after.text), pictures)
    return Difference("moved", after.label, ()) if is_moved else None


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Keys that left the longest run of keys whose order was kept."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept = {key for block in matcher.get_matching_blocks() for key in new[block.b : block.b + block.size]}
    return set(new) - kept


def told_shortly(differences: Sequence[Difference], *, is_new: bool, names: dict[str, str]) -> str:
    """One line for a list: `新写` or the names of the first places that differ. `names`: words by kind of difference."""
    if is_new:
        return names["new"]
    if not differences:
        return names["none"]
    shown = [f"{names[item.kind]}{item.label}" for item in differences[:3]]
    more = names["more"] if len(differences) > len(shown) else ""
    return names["separator"].join(shown) + more
