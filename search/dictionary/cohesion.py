"""Words that a set of titles seems to have and a dictionary has not: runs of characters that hold together.

A simple measure (after the usual two of unsupervised word finding): how much more often the characters stand together
than apart, and how many different neighbours the whole has on either side. No Django here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.analysis.normal import norm
from search.analysis.runs import HAN

SHORTEST, LONGEST = 2, 7
LEAST_COUNT = 3
LEAST_COHESION = 2.0
LEAST_NEIGHBOURS = 2
EDGE = "\n"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of characters that may be a word. `count`: in how many texts; `cohesion` in bits."""

    text: str
    count: int
    cohesion: float


def candidates(
    texts: Iterable[str], is_known: Callable[[str], bool], *, least: int = LEAST_COUNT, most: int = 50
) -> list[Candidate]:
    """The best candidates, those of the most texts first; parts of a longer one that is as frequent are left out."""
    counts, neighbours, characters = _counted(texts)
    found = []
    for text, count in counts.items():
        if len(text) < SHORTEST or count < least or any(len(set(side)) < LEAST_NEIGHBOURS for side in neighbours[text]):
            continue
        cohesion = _cohesion(text, counts, characters)
        if cohesion >= LEAST_COHESION and not is_known(text):
            found.append(Candidate(text, count, round(cohesion, 1)))
    whole = [one for one in found if not _inside_another(one, found)]
    return sorted(whole, key=lambda one: (-one.count, -len(one.text), one.text))[:most]


def _counted(texts: Iterable[str]) -> tuple[Counter[str], dict[str, tuple[list[str], list[str]]], int]:
    """In how many texts each run stands, its neighbours left and right, and how many characters there are."""
    counts: Counter[str] = Counter()
    neighbours: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    characters = 0
    for text in dict.fromkeys(map(norm, texts)):
        seen: set[str] = set()
        for number, match in enumerate(HAN.finditer(text)):
            run = match.group()
            characters += len(run)
            for start in range(len(run)):
                for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
                    part = run[start:end]
                    seen.add(part)
                    # An edge is a neighbour of its own: whatever stands alone is free on that side.
                    edge = f"{EDGE}{characters}.{number}"
                    neighbours[part][0].append(run[start - 1] if start else edge)
                    neighbours[part][1].append(run[end] if end < len(run) else edge)
        counts.update(seen)
    return counts, neighbours, characters


def _cohesion(text: str, counts: Counter[str], characters: int) -> float:
    """How much more often the weakest joint holds than by chance."""
    return min(
        math.log2(counts[text] * characters / (counts[text[:at]] * counts[text[at:]])) for at in range(1, len(text))
    )


def _inside_another(one: Candidate, others: Iterable[Candidate]) -> bool:
    return any(one.text in other.text and one.text != other.text and one.count <= other.count for other in others)
