"""Marking and what a well-formed question is. Plain values: option keys in, points out."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

SINGLE = "single"
MULTIPLE = "multiple"
TRUE_FALSE = "truefalse"

TRUE_KEY = "true"
FALSE_KEY = "false"


@dataclass(frozen=True)
class Item:
    """A question as marking sees it: which options there are and which are right."""

    version: int
    kind: str
    options: tuple[str, ...]
    right: frozenset[str]
    points: int


@dataclass(frozen=True)
class Mark:
    """What an answer is worth. `chosen` holds only options that the question has."""

    version: int
    chosen: tuple[str, ...]
    points: int
    of: int

    @property
    def is_right(self) -> bool:
        """True for full points."""
        return self.points == self.of


def item_faults(kind: str, options: Sequence[str], right: Collection[str], texts: Sequence[str]) -> list[str]:
    """Codes of what is wrong with a question; empty where it can be asked."""
    faults = []
    if kind in (SINGLE, MULTIPLE) and len(options) < 2:
        faults.append("too_few_options")
    if kind == SINGLE and len(right) != 1:
        faults.append("one_right_option")
    if kind == MULTIPLE and not right:
        faults.append("some_right_option")
    if len({text.strip() for text in texts}) < len(texts):
        faults.append("options_repeat")
    return faults


def mark(item: Item, chosen: Collection[str]) -> Mark:
    """Full points for exactly the right options, otherwise none."""
    kept = tuple(key for key in item.options if key in chosen)
    points = item.points if frozenset(kept) == item.right and len(kept) == len(set(chosen)) else 0
    return Mark(item.version, kept, points, item.points)


def mark_all(items: Sequence[Item], answers: Mapping[int, Collection[str]]) -> tuple[Mark, ...]:
    """Marks every question; one left empty gets no points. Answers to questions not asked are ignored."""
    return tuple(mark(item, answers.get(item.version, ())) for item in items)


def order(items: Sequence[Item], seed: str) -> list[Item]:
    """Questions and options in the order of this seed; true/false keeps its order. The same seed, the same order."""
    source = random.Random(seed)  # noqa: S311 - a reading order, no secret
    shuffled = []
    for item in source.sample(list(items), len(items)):
        options = item.options if item.kind == TRUE_FALSE else tuple(source.sample(item.options, len(item.options)))
        shuffled.append(Item(item.version, item.kind, options, item.right, item.points))
    return shuffled
