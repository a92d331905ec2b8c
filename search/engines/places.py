"""Which places of a piece to show: the same for every engine."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import lru_cache

from search.analysis.normal import normalised_again
from search.analysis.query import EXTRA_WEIGHT, Query
from search.analysis.runs import is_han
from search.analysis.spelling import stored_text
from search.engines.bm25f import K1, B
from search.engines.contract import PassageHit

_CHUNK_WEIGHT = 4.0
# People ask how a thing is done: a step goes before the sections on risks, tools or honours that say as much.
# Chosen on 60 judged places (50 right without it, 55 with it) and 64 headings taken out of their texts (27, 28).
_KIND_WEIGHTS = {"step": 1.6}


def best_places(query: Query, places: Sequence[PassageHit], most: int) -> list[PassageHit]:
    """The places that say most about the query, best first, equals in reading order; those that say nothing are left out.

    A literal chunk of the query counts most, then longer words; a long place must say more than a short one.
    A step counts more than other places.
    """
    terms = _terms(query)
    texts = [f"{normalised_again(place.label).text}\n{normalised_again(place.text).text}" for place in places]
    if query.measured:
        texts = list(map(stored_text, texts))
    mean = sum(map(len, texts)) / len(texts) if texts else 1.0
    scores = [_weight(place) * _score(terms, text, mean) for place, text in zip(places, texts, strict=True)]
    telling = sorted((number for number, score in enumerate(scores) if score > 0), key=lambda number: -scores[number])
    return [dataclasses.replace(places[number], score=scores[number]) for number in telling[:most]]


def _weight(place: PassageHit) -> float:
    return _KIND_WEIGHTS.get(place.locator.partition(":")[0], 1.0)


@lru_cache(maxsize=64)
def _terms(query: Query) -> dict[str, float]:
    """Terms with their weight: a word's length says how telling it is."""
    words = {word: float(len(word) - 1) for word in (*query.grams, *query.words) if len(word) > 1 or not is_han(word)}
    extras = {word: EXTRA_WEIGHT * len(word) for word in (*query.extras, *query.stems)}
    return extras | words | {chunk: _CHUNK_WEIGHT * len(chunk) for chunk in query.chunks}


def _score(terms: dict[str, float], text: str, mean: float) -> float:
    total = 0.0
    for term, weight in terms.items():
        count = text.count(term)
        if count:
            frequency = count / (1 - B + B * len(text) / mean)
            total += weight * frequency / (frequency + K1)
    return total
