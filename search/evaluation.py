"""Asks queries of any corpus by the very path of the results page, in an index of its own.

Analysis, engine, ranking and spelling recovery are the product's; the words that a misspelt query is mended by are
those of the corpus. Nobody is asked who may see what.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from search.analysis.normal import normalised
from search.engines.contract import Change, Engine, Hit, PassageHit, SearchRequest
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.query import PLACES_SHOWN, answered
from search.registry import Offers, Passage, Piece
from search.rules import query_text
from search.suggest.correction import ASKED_MOST, is_mendable, likely_spellings, mended
from search.suggest.sounds import span_of
from search.suggest.vocabulary import WordsInMemory, piece_words

KIND = "text"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a corpus."""

    id: str
    title: str
    text: str

    @property
    def piece(self) -> Piece:
        """The text as something that can be found."""
        passages = (Passage("", "", self.text),) if self.text else ()
        return Piece(KIND, self.id, self.title, passages, audience=0, url="")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first, and how long it took in milliseconds. `asked`: the spelling that found it."""

    asked: str
    hits: tuple[Hit, ...]
    total: int
    ms: float

    @property
    def ids(self) -> tuple[str, ...]:
        """The keys of what was found."""
        return tuple(hit.key for hit in self.hits)


class Corpus:
    """Pieces in an index of their own, with the words that they are made of."""

    def __init__(self, engine: Engine, priors: tuple[tuple[str, float], ...] = ()) -> None:
        self.engine, self.priors = engine, priors
        self.words = WordsInMemory(())
        self.titles: dict[str, None] = {}

    def send(self, pieces: Iterable[Piece]) -> int:
        """Takes any number of pieces in, in batches; gives how many. Raises ValueError where one is refused."""
        index = self.engine.alias_index()
        if index is None:
            raise ValueError("no index is live")
        rest, sent = iter(pieces), 0
        while batch := list(islice(rest, _BATCH)):
            changes = [Change(piece.kind, piece.key, 1, piece, "") for piece in batch]
            for outcome in self.engine.apply(index, changes):
                if outcome.state == "failed":
                    raise ValueError(f"{outcome.key}: {outcome.error}")
            for piece in batch:
                self._learn(piece)
            sent += len(batch)
        self.engine.refresh(index)
        return sent

    def ask(self, text: str, limit: int = 10, kind: str | None = None) -> Answer:
        """Asks one query as the page of results asks it."""
        asked = query_text(text)
        request = SearchRequest(asked, None, kind=kind, limit=limit, priors=self.priors)
        begun = time.perf_counter()
        answer = answered(self.engine, request, self._corrections)
        ms = (time.perf_counter() - begun) * 1000
        return Answer(answer.request.text, answer.found.hits, answer.found.total, ms)

    def places(self, answer: Answer) -> dict[tuple[str, str], list[PassageHit]]:
        """The best places of what was found."""
        keys = [(hit.kind, hit.key) for hit in answer.hits]
        return self.engine.passages(answer.asked, keys, PLACES_SHOWN) if keys else {}

    def _learn(self, piece: Piece) -> None:
        found = piece_words(piece)
        # Words of titles first: a word keeps the weight with which it came.
        for word, weight in sorted(found.items(), key=lambda one: -one[1]):
            self.words.add([word], weight)
        if piece.title:
            self.titles[piece.title] = None

    def _corrections(self, *, text: str, total: int) -> Offers:
        if not is_mendable(text, total):
            return Offers()
        likely = likely_spellings(text, total, self.words, self._sounding)
        return mended(
            likely, total, lambda one: self.engine.search(SearchRequest(one, None, limit=0, facets=False)).total
        )

    def _sounding(self, typed: str) -> list[str]:
        """The parts of titles that sound like the letters typed."""
        found: dict[str, None] = {}
        for title in self.titles:
            if span := span_of(normalised(title).text, typed):
                found[normalised(title).text[slice(*span)]] = None
                if len(found) == 2 * ASKED_MOST:
                    break
        return list(found)


@contextmanager
def throwaway(name: str, priors: tuple[tuple[str, float], ...] = ()) -> Iterator[Corpus]:
    """An empty corpus on the engine of that name, in a live index that nobody else sees; gone afterwards."""
    prefix = f"evaluate-{secrets.token_hex(4)}"
    index = f"{prefix}-texts"
    with tempfile.TemporaryDirectory(prefix="search-evaluate-") as place:
        engine: Engine = EmbeddedEngine(Path(place) / "search.sqlite3") if name == "embedded" else ElasticEngine(prefix)
        try:
            engine.index_create(index)
            engine.alias_point(index)
            yield Corpus(engine, priors)
        finally:
            engine.index_delete(index)
