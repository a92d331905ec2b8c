"""What an engine promises. Both engines pass one contract suite; nothing else of `search` knows which one runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.registry import Piece

# So many of the best are put in order by BM25F; further ones follow as the engine found them.
CANDIDATES = 100
# So many pieces at most are listed beyond the exact hits of a short query, and only where these are no more than that.
BEYOND_MOST = 20
# Nobody reads further than that; Elasticsearch refuses to.
DEEPEST = 10_000


class EngineUnavailable(Exception):
    """The engine cannot be reached or does not answer in time: changes wait, search answers 503."""


class IndexMissing(EngineUnavailable):
    """The index asked for is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One object's wanted state. `piece` None removes it and all its passages; the version is remembered."""

    kind: str
    key: str
    version: int
    piece: Piece | None
    content_hash: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: done, stale (the index has a higher version already), or failed with a reason."""

    kind: str
    key: str
    state: Literal["done", "stale", "failed"]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What an index really holds of an object. Passages without a piece: version 0, no hash."""

    kind: str
    key: str
    version: int
    content_hash: str
    passages: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question. `audiences` None: the reader may see everything."""

    text: str
    audiences: frozenset[int] | None
    kind: str | None = None
    studio: int | None = None
    trade: int | None = None
    offset: int = 0
    limit: int = 10
    facets: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece that was found, with what is needed to show it. `exact`: counted in the total."""

    kind: str
    key: str
    score: float
    exact: bool
    title: str
    url: str
    studio: int | None
    language: str
    summary: str
    date: dt.date | None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """`total` counts the exact hits; `beyond` those listed after them. A facet leaves its own filter out."""

    total: int
    beyond: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[int | str, int]]


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A place inside a piece, with its original text."""

    kind: str
    key: str
    locator: str
    label: str
    text: str
    score: float


class Engine(Protocol):
    """A search engine; every method may raise EngineUnavailable."""

    name: str
    analysis_version: str

    def index_create(self, index: str) -> None: ...
    def index_exists(self, index: str) -> bool: ...
    def index_delete(self, index: str) -> None: ...
    def index_names(self) -> list[str]: ...
    def alias_point(self, index: str) -> None: ...
    def alias_index(self) -> str | None: ...
    def apply(self, index: str, changes: Sequence[Change]) -> list[Outcome]: ...
    def refresh(self, index: str) -> None: ...
    def stored(self, index: str) -> Iterator[Stored]: ...
    def search(self, request: SearchRequest) -> Found: ...
    def passages(
        self, text: str, pieces: Sequence[tuple[str, str]], per_piece: int = 4, audiences: frozenset[int] | None = None
    ) -> dict[tuple[str, str], list[PassageHit]]: ...
    def status(self) -> dict[str, str | int]: ...
