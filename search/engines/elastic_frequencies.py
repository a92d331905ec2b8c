"""How many pieces of an Elasticsearch index have a term, asked once and remembered for some minutes."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable
from threading import Lock

from elasticsearch import Elasticsearch

from search.analysis.query import Query
from search.engines.telling import is_large, most_telling, own_weights, told_characters, told_weights

REMEMBERED_SECONDS = 600.0
MOST_REMEMBERED = 50_000
_FIELDS = ("body_grams", "body_words")


class Frequencies:
    """Frequencies of terms behind one alias. They only choose what is asked, so some minutes of age do no harm."""

    def __init__(self, client: Elasticsearch, alias: str, now: Callable[[], float] = time.monotonic) -> None:
        self._client, self._alias, self._now = client, alias, now
        self._lock = Lock()
        self._counts: dict[str, int] = {}
        self._pieces: int | None = None
        self._until = self._now() + REMEMBERED_SECONDS

    def pruned(self, query: Query) -> Query:
        """The question with its most telling terms alone, and no characters, where the index is large; else as it is."""
        own = own_weights(query)
        pieces, containing = self._known(own)
        if not is_large(pieces):
            return query
        asked = set(most_telling(told_weights(own, containing, pieces), pieces))
        characters = told_characters(query, pieces)
        if not asked:
            return dataclasses.replace(query, characters=characters)
        return dataclasses.replace(
            query,
            grams=_kept(query.grams, asked),
            words=_kept(query.words, asked),
            extra_grams=_kept(query.extra_grams, asked),
            extra_words=_kept(query.extra_words, asked),
            characters=characters,
        )

    def _known(self, terms: Iterable[str]) -> tuple[int, dict[str, int]]:
        """Number of pieces, and how many have each term; one request where one of them is new."""
        with self._lock:
            if self._now() >= self._until or len(self._counts) > MOST_REMEMBERED:
                self._forget()
            counts, pieces, until = self._counts, self._pieces, self._until
        new = [term for term in terms if term not in counts]
        if pieces is None or (new and is_large(pieces)):
            told = self._told(new)
            counts.update(told[1])
            pieces = told[0]
            with self._lock:
                if until == self._until:
                    self._pieces = pieces
        return pieces, {term: counts.get(term, 0) for term in terms}

    def _told(self, terms: list[str]) -> tuple[int, dict[str, int]]:
        text = " ".join(terms)
        answer = self._client.termvectors(
            index=self._alias, doc=dict.fromkeys(_FIELDS, text), fields=list(_FIELDS),
            term_statistics=True, field_statistics=True, positions=False, offsets=False, payloads=False,
        )  # fmt: skip
        fields = answer.get("term_vectors", {})
        pieces = max((field["field_statistics"]["doc_count"] for field in fields.values()), default=0)
        # A term is a pair or a word: the field that knows it better counts it.
        counts = dict.fromkeys(terms, 0)
        for field in fields.values():
            for term, told in field["terms"].items():
                counts[term] = max(counts.get(term, 0), told.get("doc_freq", 0))
        return pieces, counts

    def _forget(self) -> None:
        self._counts = {}
        self._pieces = None
        self._until = self._now() + REMEMBERED_SECONDS


def _kept(terms: tuple[str, ...], asked: set[str]) -> tuple[str, ...]:
    return tuple(term for term in terms if term in asked)
