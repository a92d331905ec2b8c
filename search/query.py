"""Asks the engine as a reader: what he may see, marked, with the place of each find."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from search import registry
from search.analysis import highlight
from search.analysis.normal import norm
from search.analysis.query import Query, analysed_query
from search.analysis.spelling import one_spelling
from search.analysis.stems import words_with_stems
from search.analysis.syntax import unquoted
from search.engines import get_engine
from search.engines.contract import FACETS, Engine, EngineUnavailable, Found, Hit, PassageHit, SearchRequest, Sort
from search.faces import Face, faces
from search.insight.pinning import Names, pins_first
from search.labels import file_details, file_type_names
from search.meant import Instead, instead, meanings
from search.places import Place, address, excerpt, language_of, place_of, telling
from search.registry import Offers
from search.rules import DEEPEST, Marked, query_text

__all__ = ["EngineUnavailable", "FacetValue", "Place", "ResultHit", "Results", "search"]

# The best place and those folded below it; more are only counted.
PLACES_SHOWN = 7
PLACES_COUNTED = 30
# Where there are no more hits than that, other spellings are offered.
OFFERED_UP_TO = 2


@dataclass(frozen=True, slots=True)
class ResultHit:
    """A piece that was found. `exact` False: found by parts or by another word, not counted in the total.

    `further`: how many places it has besides the best one, `more` are the first of them; `further_short`: there may
    be more. `place_kind`: kind of the best place's locator. `details`: what is known of a file, in words.
    `language` is the script of the title, `text_language` of the excerpt, `place_named` of the place's name, "" where
    that is the interface's. `pinned`: editors put it first. `instead`: the
    dictionary's words that it has for those that were asked. `reason`: why it is there though it has not the words as
    they stand, in a few words; or `spelt`: how it writes them.
    """

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
    studio_id: int | None = None
    pinned: bool = False
    instead: tuple[Instead, ...] = ()
    reason: str = ""
    spelt: str = ""
    further: int = 0
    further_short: bool = False
    place_kind: str = ""
    face: Face = Face()
    details: tuple[str, ...] = ()
    text_language: str = ""
    place_named: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to filter by, how many results it has, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked in the end and what it found; `others`: further spellings that find something."""

    request: SearchRequest
    found: Found
    corrected: bool
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact and counts pieces that the reader may see; `beyond` are listed after them.

    `offers`: other spellings that find something, the best first. `corrected`: nothing has the words as they stand,
    and these are the results of this spelling instead.
    """

    text: str
    total: int
    beyond: int
    page: int
    per_page: int
    hits: tuple[ResultHit, ...]
    facets: dict[str, list[FacetValue]]
    corrected: str | None = None
    offers: tuple[str, ...] = ()

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
    equipment: str | None = None,
    year: int | None = None,
    file_type: str | None = None,
    sort: Sort = "relevance",
    page: int = 1,
    per_page: int = 10,
    exact: bool = False,
) -> Results:
    """One page of results for a reader. Raises EngineUnavailable where the engine is away.

    `exact`: the words as they stand, no other spelling instead. Costs two requests of the engine (one more where a
    spelling is corrected) and at most six queries of the database besides the correctors'.
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
        equipment=equipment,
        year=year,
        file_type=file_type,
        sort=sort,
        offset=(page - 1) * per_page,
        limit=per_page,
        priors=registry.priors(),
    )
    answer = answered(engine, request, partial(registry.corrections, user=user), exact=exact)
    request, found = answer.request, answer.found
    found, pins = pins_first(user, request, found)
    labels = _labels(found, request)
    return Results(
        text=asked,
        total=found.total,
        beyond=found.beyond,
        page=page,
        per_page=per_page,
        hits=_results(engine, request, found, labels["studio"], pins),
        facets=_facets(found, request, labels),
        corrected=request.text if answer.corrected else None,
        offers=answer.others,
    )


def answered(
    engine: Engine, request: SearchRequest, corrections: Callable[..., Offers], *, exact: bool = False
) -> Answered:
    """What an engine finds, for another spelling where the words as they stand find nothing and one is sure.

    `corrections(text=…, total=…)` offers spellings; it is asked where little is found. Where nothing has what stands in
    quotes, the question is asked without them: many write names and terms in quotes and mean no more by it.
    """
    found = engine.search(request)
    offers = corrections(text=request.text, total=found.total) if found.total <= OFFERED_UP_TO else Offers()
    other = "" if exact or found.total else offers.corrected or unquoted(request.text)
    corrected = _corrected(engine, request, other) if other else None
    if corrected is not None:
        return Answered(*corrected, corrected=True, others=offers.others)
    return Answered(request, found, corrected=False, others=tuple(filter(None, (offers.corrected, *offers.others))))


def _corrected(engine: Engine, request: SearchRequest, offer: str) -> tuple[SearchRequest, Found] | None:
    """The same search for another spelling, if it finds more than words that mean the same did."""
    instead = dataclasses.replace(request, text=offer)
    found = engine.search(instead)
    return (instead, found) if found.total else None


def _results(
    engine: Engine, request: SearchRequest, found: Found, studios: dict[str, str], pins: Names
) -> tuple[ResultHit, ...]:
    if not found.hits:
        return ()
    keys = [(hit.kind, hit.key) for hit in found.hits]
    passages = engine.passages(request.text, keys, PLACES_COUNTED, request.audiences)
    asked = analysed_query(request.text)
    meant = meanings(request.text)
    rows = [(hit, telling(passages.get((hit.kind, hit.key), []), asked)) for hit in found.hits]
    shown = faces([(hit.kind, hit.key, places[0].locator if places else "") for hit, places in rows])
    return tuple(
        dataclasses.replace(
            _result(hit, places, asked, studios),
            pinned=(hit.kind, hit.key) in pins,
            face=shown.get((hit.kind, hit.key), Face()),
            instead=instead(meant, [hit.title, *(place.text for place in places)]) if meant else (),
        )
        for hit, places in rows
    )


def _result(hit: Hit, passages: Sequence[PassageHit], asked: Query, studios: dict[str, str]) -> ResultHit:
    places = [place_of(hit, passage, asked) for passage in passages[:PLACES_SHOWN]]
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
        place_named=best.named if best else "",
        more=tuple(places[1:]),
        further=max(len(passages) - 1, 0),
        further_short=len(passages) >= PLACES_COUNTED,
        place_kind=best.kind if best else "",
        studio=studios.get(str(hit.studio), ""),
        author=hit.facts.get("authors", ""),
        details=file_details(hit.facts),
        date=hit.date,
        language=language_of(hit, hit.title),
        text_language=best.language if best else hit.language,
        exact=hit.exact,
        studio_id=hit.studio,
        **({} if hit.exact else _reason("\n".join([hit.title, *(passage.text for passage in passages)]), asked)),
    )


def _reason(text: str, asked: Query) -> dict[str, str]:
    """By what a piece was found that has not the words as they stand."""
    plain = norm(text)
    spelt = one_spelling(plain) if asked.measured else ""
    word = next((word for word in asked.extras if word in plain or word in spelt), None)
    if word is None:
        return {"reason": _("同一词的另一形式") if words_with_stems(plain, asked.stems) else _("只含一部分词")}
    # The dictionary's words are told in a line of their own (`instead`).
    return {} if word in asked.synonyms else {"spelt": word.replace("°", "度")}


def _facets(found: Found, request: SearchRequest, labels: dict[str, dict[str, str]]) -> dict[str, list[FacetValue]]:
    chosen = request.chosen
    shown = {facet: _values(found.facets.get(facet, {}), labels[facet], chosen.get(facet)) for facet in FACETS}
    shown["year"].sort(key=lambda value: (not value.chosen, -int(value.value)))
    return shown


def _labels(found: Found, request: SearchRequest) -> dict[str, dict[str, str]]:
    """Names of what is shown and chosen, by facet; those of studios and of trades cost a query each."""
    values = {facet: {*found.facets.get(facet, {})} for facet in FACETS}
    for facet, value in request.chosen.items():
        values[facet].add(value)
    values["studio"] |= {hit.studio for hit in found.hits if hit.studio is not None}
    labels = {facet: {str(value): str(value) for value in values[facet]} for facet in ("equipment", "year")}
    for facet in ("studio", "trade"):
        ids = {int(value) for value in values[facet]}
        named = registry.facet_labels(facet, ids) if ids else {}
        labels[facet] = {str(key): label for key, label in named.items()}
    labels["kind"] = {code: str(kind.label) for code, kind in registry.kinds().items()}
    labels["file_type"] = file_type_names()
    return labels


def _values(counts: dict[int | str, int], labels: dict[str, str], chosen: int | str | None) -> list[FacetValue]:
    """Values with a name, the chosen one first, then by count; one that is chosen stays even with none left."""
    named = {str(value): count for value, count in counts.items() if str(value) in labels}
    if chosen is not None and str(chosen) in labels:
        named.setdefault(str(chosen), 0)
    values = [FacetValue(value, labels[value], count, value == str(chosen)) for value, count in named.items()]
    return sorted(values, key=lambda value: (not value.chosen, -value.count, value.label))
