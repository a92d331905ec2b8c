"""Orders candidates by BM25F over a title and a body: plain Python, no engine needed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

K1 = 0.9
B = 0.4
TITLE_WEIGHT = 2.0
# A short query is a name more often than a question: its page carries it in the title.
EXACT_TITLE_WEIGHT = 6.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of a whole index: number of pieces, mean length of a body."""

    pieces: int
    mean_body: float


def idf(pieces: int, containing: int) -> float:
    """How telling a term is that so many of the pieces contain. Never negative."""
    return math.log(1 + (pieces - containing + 0.5) / (containing + 0.5))


def saturated(
    title: float, body: float, body_length: float, mean_body: float, title_weight: float = TITLE_WEIGHT
) -> float:
    """The part of a term's score that grows with its frequency: 0 for none, below 1."""
    frequency = title_weight * title + body / (1 - B + B * body_length / max(mean_body, 1.0))
    return frequency / (frequency + K1)


def score(weights: Mapping[str, float], title: Iterable[str], body: list[str], statistics: Statistics) -> float:
    """The score of one candidate: `weights` is idf times the term's own weight, title and body are token streams."""
    known = weights.__contains__
    in_title, in_body = Counter(filter(known, title)), Counter(filter(known, body))
    length = float(len(body))
    # Sorted: a sum of floats depends on its order, and equal pieces must score equal.
    return sum(
        weights[term] * saturated(in_title[term], in_body[term], length, statistics.mean_body)
        for term in sorted(in_title.keys() | in_body.keys())
    )
