"""What can be found: content apps register here; `search` knows none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A place inside a piece. `locator` is `step:<uuid>`, `section:<uuid>`, `page:<n>` …, or "" for its top."""

    locator: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One indexable thing in its current state. `audience` is the id of a `people.Audience`."""

    kind: str
    key: str
    title: str
    passages: tuple[Passage, ...]
    audience: int
    url: str
    studio: int | None = None
    trades: tuple[int, ...] = ()
    equipment: tuple[str, ...] = ()
    language: str = "zh-Hans"
    date: dt.date | None = None
    release: int = 0
    summary: str = ""
    # What kind of file it is, as `search.labels.file_type_names` names it: pdf, ppt, doc, xls, video, …; "" for a page.
    file_type: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All passages, a line between them."""
        return "\n".join(passage.text for passage in self.passages)


class Searchable(Protocol):
    """One kind of thing that can be found. An attribute `weight` (1.0) says what it weighs in a ranking."""

    kind: str
    label: object

    def keys(self) -> Iterator[str]:
        """Keys of everything that should be in the index, in a steady order."""

    def build(self, key: str) -> Piece | None:
        """The current state, or None where it may not be indexed or is gone."""

    def build_many(self, keys: Sequence[str]) -> dict[str, Piece]:
        """The same for many keys in a bounded number of queries; what may not be indexed is left out."""


@dataclass(frozen=True, slots=True)
class Offers:
    """`corrected`: what was surely meant where the query itself finds nothing; `others`: what may be meant, best first."""

    corrected: str | None = None
    others: tuple[str, ...] = ()


class Corrector(Protocol):
    """Says what a reader may have meant: `corrector(user=…, text=…, total=…)`."""

    def __call__(self, *, user: Any, text: str, total: int) -> Offers:
        """Other queries that have hits which this reader may see; none of what he may not."""


_searchables: dict[str, Searchable] = {}
_correctors: list[Corrector] = []
_facet_labels: dict[str, Callable[[Iterable[int]], dict[int, str]]] = {}


def register(searchable: Searchable) -> None:
    """Adds a kind; raises ValueError where the code is taken."""
    if searchable.kind in _searchables:
        raise ValueError(f"search kind registered twice: {searchable.kind}")
    _searchables[searchable.kind] = searchable


def get(kind: str) -> Searchable:
    """The searchable of a kind; raises KeyError where there is none."""
    return _searchables[kind]


def kinds() -> dict[str, Searchable]:
    """All kinds in the order of registration."""
    return dict(_searchables)


def priors() -> tuple[tuple[str, float], ...]:
    """What the kinds weigh against each other in a ranking, as (kind, factor); kinds of weight 1 are left out."""
    weights = ((kind, float(getattr(found, "weight", 1.0))) for kind, found in _searchables.items())
    return tuple((kind, weight) for kind, weight in weights if weight != 1.0)


def register_facet_labels(name: str, labels: Callable[[Iterable[int]], dict[int, str]]) -> None:
    """Names of a facet's values, by id (`studio`, `trade`)."""
    _facet_labels[name] = labels


def facet_labels(name: str, ids: Iterable[int]) -> dict[int, str]:
    """Names for the ids of a facet; empty where nobody registered it."""
    labels = _facet_labels.get(name)
    return labels(ids) if labels else {}


def register_corrector(corrector: Corrector) -> None:
    """Adds one that offers other spellings where a query finds little; a second registration changes nothing."""
    if corrector not in _correctors:
        _correctors.append(corrector)


def corrections(*, user: Any, text: str, total: int) -> Offers:
    """What the correctors offer, each once, without the query itself; the first that is sure corrects."""
    found = [corrector(user=user, text=text, total=total) for corrector in _correctors]
    corrected = next((one.corrected for one in found if one.corrected not in {None, text}), None)
    named = [offer for one in found for offer in (one.corrected, *one.others)]
    others = tuple(dict.fromkeys(offer for offer in named if offer not in {None, text, corrected}))
    return Offers(corrected, others)
