"""Asks queries of any corpus by the very analysis, engine and ranking of the product, in an index of its own."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from search.engines.contract import Change, Engine, SearchRequest
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.registry import Passage, Piece

KIND = "text"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids found for a query, best first, and how long the engine took in milliseconds."""

    ids: tuple[str, ...]
    ms: float


@contextmanager
def throwaway(name: str) -> Iterator[Engine]:
    """An engine of that name with one live, empty index that nobody else sees; gone afterwards."""
    prefix = f"evaluate-{secrets.token_hex(4)}"
    index = f"{prefix}-texts"
    with tempfile.TemporaryDirectory(prefix="search-evaluate-") as place:
        engine: Engine = EmbeddedEngine(Path(place) / "search.sqlite3") if name == "embedded" else ElasticEngine(prefix)
        try:
            engine.index_create(index)
            engine.alias_point(index)
            yield engine
        finally:
            engine.index_delete(index)


def corpus_send(engine: Engine, texts: Iterable[Text]) -> int:
    """Sends a corpus of any size in batches; gives how many texts were sent. Raises ValueError where one is refused."""
    index = engine.alias_index()
    if index is None:
        raise ValueError("no index is live")
    rest, sent = iter(texts), 0
    while batch := list(islice(rest, _BATCH)):
        for outcome in engine.apply(index, [_change(text) for text in batch]):
            if outcome.state == "failed":
                raise ValueError(f"{outcome.key}: {outcome.error}")
        sent += len(batch)
    engine.refresh(index)
    return sent


def asked(engine: Engine, text: str, limit: int) -> Answer:
    """Asks one query as the page of results asks it."""
    begun = time.perf_counter()
    found = engine.search(SearchRequest(text, None, limit=limit))
    ms = (time.perf_counter() - begun) * 1000
    return Answer(tuple(hit.key for hit in found.hits), ms)


def _change(text: Text) -> Change:
    passages = (Passage("", "", text.text),) if text.text else ()
    return Change(KIND, text.id, 1, Piece(KIND, text.id, text.title, passages, audience=0, url=""), "")
