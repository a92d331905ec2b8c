"""Asks the engine as a reader: what he may see, marked, with the place of each find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from search import registry
from search.analysis import highlight
from search.analysis.query import Query, analysed_query
from search.engines import get_engine
from search.engines.contract import EngineUnavailable, Found, Hit, PassageHit, SearchRequest
from search.places import Place, address, excerpt, place_of
from search.rules import DEEPEST, Marked, query_text

__all__ = ["EngineUnavailable", "FacetValue", "Place", "ResultHit", "Results", "search"]

PLACES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ResultHit:
    """A piece that was found. `exact` False: found by another word of the same meaning, not counted in the total."""

    kind: str
    key: str
    kind_label: str
    title: Marked
    url: str
    excerpt: Marked
    place: str
    more: tuple[Place, ...]
    studio: str
    author: str
    date: dt.date | None
    language: str
    exact: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to filter by, how many results it has, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact and counts pieces that the reader may see; `beyond` are listed after them."""

    text: str
    total: int
    beyond: int
    page: int
    per_page: int
    hits: tuple[ResultHit, ...]
    facets: dict[str, list[FacetValue]]

    @property
    def reachable(self) -> int:
        """How many results can be paged through."""
        return min(self.total + self.beyond, DEEPEST)


def search(
    *,
    user: AnyUser,
    text: str,
    kind: str | None = None,
    studio: int | None = None,
    trade: int | None = None,
    page: int = 1,
    per_page: int = 10,
) -> Results:
    """One page of results for a reader. Raises EngineUnavailable where the engine is away.

    Costs two requests of the engine and at most five queries of the database, however much is found.
    """
    asked = query_text(text)
    if not asked:
        return Results(asked, 0, 0, page, per_page, (), {})
    engine = get_engine()
    request = SearchRequest(
        text=asked,
        audiences=None if reads_all(user) else visible_audience_ids(user),
        kind=kind,
        studio=studio,
        trade=trade,
        offset=(page - 1) * per_page,
        limit=per_page,
        priors=registry.priors(),
    )
    found = engine.search(request)
    passages = (
        engine.passages(asked, [(hit.kind, hit.key) for hit in found.hits], PLACES_SHOWN, request.audiences)
        if found.hits
        else {}
    )
    names = _names(found, request)
    analysed = analysed_query(asked)
    hits = tuple(_result(hit, passages.get((hit.kind, hit.key), []), analysed, names["studio"]) for hit in found.hits)
    return Results(asked, found.total, found.beyond, page, per_page, hits, _facets(found, request, names))


def _result(hit: Hit, passages: Sequence[PassageHit], asked: Query, studios: dict[int, str]) -> ResultHit:
    places = [place_of(hit.url, passage.locator, passage.label, passage.text, asked) for passage in passages]
    best = places[0] if places else None
    kind = registry.kinds().get(hit.kind)
    return ResultHit(
        kind=hit.kind,
        key=hit.key,
        kind_label=str(kind.label) if kind else hit.kind,
        title=Marked(hit.title, highlight.spans(hit.title, asked)),
        url=best.url if best else address(hit.url, asked.text, ""),
        excerpt=best.text if best else excerpt(hit.summary, asked),
        place=best.label if best else "",
        more=tuple(places[1:]),
        studio=studios.get(hit.studio, "") if hit.studio is not None else "",
        author=hit.facts.get("authors", ""),
        date=hit.date,
        language=hit.language,
        exact=hit.exact,
    )


def _names(found: Found, request: SearchRequest) -> dict[str, dict[int, str]]:
    """Names of the studios and trades shown: one query each."""
    studios = {int(value) for value in found.facets.get("studio", {})}
    studios |= {hit.studio for hit in found.hits if hit.studio is not None}
    trades = {int(value) for value in found.facets.get("trade", {})}
    studios |= {request.studio} if request.studio is not None else set()
    trades |= {request.trade} if request.trade is not None else set()
    return {
        "studio": registry.facet_labels("studio", studios) if studios else {},
        "trade": registry.facet_labels("trade", trades) if trades else {},
    }


def _facets(found: Found, request: SearchRequest, names: dict[str, dict[int, str]]) -> dict[str, list[FacetValue]]:
    kinds = {code: str(kind.label) for code, kind in registry.kinds().items()}
    labels: dict[str, dict[str, str]] = {"kind": kinds}
    labels |= {name: {str(key): label for key, label in of.items()} for name, of in names.items()}
    chosen = {"kind": request.kind, "studio": request.studio, "trade": request.trade}
    return {name: _values(found.facets.get(name, {}), labels[name], chosen[name]) for name in labels}


def _values(counts: dict[int | str, int], labels: dict[str, str], chosen: int | str | None) -> list[FacetValue]:
    """Values with a name, the chosen one first, then by count; one that is chosen stays even with none left."""
    named = {str(value): count for value, count in counts.items() if str(value) in labels}
    if chosen is not None and str(chosen) in labels:
        named.setdefault(str(chosen), 0)
    values = [FacetValue(value, labels[value], count, value == str(chosen)) for value, count in named.items()]
    return sorted(values, key=lambda value: (not value.chosen, -value.count, value.label))
