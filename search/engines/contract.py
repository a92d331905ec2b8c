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


# What can be filtered by; a piece may have several trades and several pieces of equipment.
FACETS = ("kind", "studio", "trade", "equipment", "year", "file_type")

Sort = Literal["relevance", "date"]


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
    """A question. `audiences` None: the reader may see everything. `sort` "date": the latest first, without a date last.

    `limit` 0: the total alone (and facets), without looking for what is beyond it.
    `priors`: (kind, factor) by which scores are multiplied; by its square root where a long question is ranked,
    because there the words themselves say more.
    """

    text: str
    audiences: frozenset[int] | None
    kind: str | None = None
    studio: int | None = None
    trade: int | None = None
    equipment: str | None = None
    year: int | None = None
    file_type: str | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: bool = True
    priors: tuple[tuple[str, float], ...] = ()

    @property
    def chosen(self) -> dict[str, int | str]:
        """The filters by the facet that they choose from."""
        return {facet: value for facet in FACETS if (value := getattr(self, facet)) is not None}

    def prior(self, kind: str, *, ranked: bool) -> float:
        """The factor for a kind, 1 where none is given."""
        factor = dict(self.priors).get(kind, 1.0)
        return factor**0.5 if ranked else factor


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
    """A search engine. Every method may raise EngineUnavailable, after a bounded time.

    An engine holds any number of indexes by name; searches read the one that is live. What was applied is found after
    `refresh`. Whoever may not see a piece finds nothing of it: not in hits, totals, facets or passages.
    """

    name: str
    # How many calls of `apply`, for different objects, are worth having under way at the same time.
    sends_at_once: int

    @property
    def analysis_version(self) -> str:
        """By what a piece sent now would be cut; an index cut by another one is rebuilt."""
        ...

    def index_create(self, index: str) -> None:
        """Makes an empty index; one that is there stays as it is, but takes what this version writes."""
        ...

    def index_exists(self, index: str) -> bool:
        """Whether an index of that name is there."""
        ...

    def index_lost(self, index: str) -> bool:
        """Whether a part of an index that is there is nowhere any more, and does not come back within some seconds."""
        ...

    def index_delete(self, index: str) -> None:
        """Removes an index, if it is there."""
        ...

    def index_names(self) -> list[str]:
        """All indexes that are there, ours alone."""
        ...

    def alias_point(self, index: str) -> None:
        """Makes an index the live one, at once; what was applied to it can be found. Raises IndexMissing."""
        ...

    def alias_index(self) -> str | None:
        """The live index."""
        ...

    def apply(self, index: str, changes: Sequence[Change]) -> list[Outcome]:
        """Writes changes, each by itself, and gives an outcome for each. Raises IndexMissing.

        A change with a lower version than the index has is stale and changes nothing, also after a removal; the same
        version again is done. A passage that the new state has not is removed.
        """
        ...

    def refresh(self, index: str) -> None:
        """What was applied can be found from now on."""
        ...

    def stored(self, index: str) -> Iterator[Stored]:
        """What the index really holds, in flat memory. Raises IndexMissing."""
        ...

    def search(self, request: SearchRequest) -> Found:
        """Asks the live index. Raises IndexMissing.

        A short query is exact: its total, facets and exact hits are the pieces whose normalised title or text contains
        every chunk of it literally; pieces near to it may follow, not counted. A longer one finds whatever has one of
        its terms, by BM25F. Equal scores are in the order of their keys; hits below DEEPEST are not given.
        """
        ...

    def passages(
        self, text: str, pieces: Sequence[tuple[str, str]], per_piece: int = 4, audiences: frozenset[int] | None = None
    ) -> dict[tuple[str, str], list[PassageHit]]:
        """The best places of these pieces (kind, key) for a query, best first; an entry for every piece asked for."""
        ...

    def status(self) -> dict[str, str | int]:
        """What the administrator is told: engine (with its version), index, pieces, bytes."""
        ...
