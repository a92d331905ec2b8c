"""What is said to Elasticsearch: documents and queries. The one module that imports `elasticsearch_dsl`."""

from __future__ import annotations

from typing import Any

from elasticsearch_dsl import Date, Document, Integer, Keyword, Long, Mapping, MultiSearch, Object, Q, Search, Text

from search.analysis.query import EXTRA_WEIGHT, Query
from search.analysis.runs import bigrams, characters, is_han
from search.analysis.telling_characters import RARE_TOGETHER, presence_weights, rare_characters
from search.engines.bm25f import K1, TITLE_WEIGHT, B
from search.engines.contract import FACETS, SearchRequest

__all__ = ["MultiSearch", "PassageDocument", "PieceDocument", "Q", "Search"]

_FACET_VALUES = 10_000
_TITLE_BOOST = 4.0
# Elasticsearch multiplies every BM25 by this constant; what is added to it must be as large.
_BM25_SCALE = K1 + 1


class PieceDocument(Document):
    """A piece. Text fields hold tokens cut by us with spaces between; they are not kept in `_source`."""

    name = Keyword()
    kind = Keyword()
    key = Keyword()
    version = Long()
    content_hash = Keyword(index=False)
    audience = Integer()
    studio = Integer()
    trade = Integer()
    equipment = Keyword()
    year = Integer()
    file_type = Keyword()
    date = Date(format="strict_date")
    locators = Keyword(index=False, doc_values=False)
    title_grams = Text(analyzer="whitespace")
    title_words = Text(analyzer="whitespace")
    title_chars = Text(analyzer="whitespace")
    body_grams = Text(analyzer="whitespace")
    body_words = Text(analyzer="whitespace")
    body_chars = Text(analyzer="whitespace")
    shown = Object(enabled=False)


class PassageDocument(Document):
    """A passage of a piece, asked for the pieces that are shown."""

    piece = Keyword()
    audience = Integer()
    version = Long()
    place = Integer(index=False)
    locator = Keyword(index=False)
    label = Keyword(index=False, doc_values=False)
    text = Text(index=False)
    grams = Text(analyzer="whitespace")


SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # The drain refreshes when it has sent what waits; this is for a long backlog and what a killed one left. Each second
    # costs a third more.
    "refresh_interval": "30s",
    # How long a removed piece's version is remembered against late sends; what comes later the audit finds.
    "gc_deletes": "1d",
    "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
}


def mapping_of(document: type[Document], derived: list[str]) -> dict[str, Any]:
    """The mapping of a document; fields that follow from others are indexed and not kept."""
    mapping: Mapping = document._doc_type.mapping
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", excludes=derived)
    told: dict[str, Any] = mapping.to_dict()
    return told


def audience_filters(audiences: frozenset[int] | None) -> list[Q]:
    """What the reader may see; nothing for one who may see everything."""
    return [] if audiences is None else [Q("terms", audience=sorted(audiences))]


def facet_filters(request: SearchRequest) -> dict[str, Q]:
    """The filters of a request by the facet that they choose from."""
    return {facet: Q("term", **{facet: value}) for facet, value in request.chosen.items()}


def with_priors(query: Q, request: SearchRequest, *, ranked: bool) -> Q:
    """The query with each kind's scores multiplied by its prior."""
    if not request.priors:
        return query
    functions = [
        {"filter": Q("term", kind=kind), "weight": request.prior(kind, ranked=ranked)}
        for kind, _factor in request.priors
    ]
    return Q("function_score", query=query, functions=functions, score_mode="first", boost_mode="multiply")


def exact_query(query: Query) -> Q:
    """Every chunk stands literally in the title or in the body, and nothing that is to be left out."""
    return Q("bool", must=[_chunk(chunk) for chunk in query.chunks], must_not=left_out(query))


def left_out(query: Query) -> list[Q]:
    """What stands in no hit."""
    return [_chunk(chunk) for chunk in query.excluded]


def question_query(query: Query, told: Query) -> Q:
    """Any of the terms of `told` (the most telling ones); with phrases: all of these, the terms only rank."""
    ranked = ranked_query(told)
    if query.phrases:
        phrases = [_chunk(phrase) for phrase in query.phrases]
        return Q("bool", must=phrases, should=[ranked], must_not=left_out(query))
    return Q("bool", must=[ranked], must_not=left_out(query)) if query.excluded else ranked


def _chunk(chunk: str) -> Q:
    if is_han(chunk) and len(chunk) > 1 and all(is_han(char) for char in chunk):
        field, tokens = "grams", " ".join(bigrams(chunk))
    else:
        field, tokens = "chars", characters(chunk)
    return Q(
        "bool",
        should=[
            Q("match_phrase", **{f"title_{field}": {"query": tokens, "boost": _TITLE_BOOST}}),
            Q("match_phrase", **{f"body_{field}": {"query": tokens}}),
        ],
        minimum_should_match=1,
    )


def ranked_query(query: Query) -> Q:
    """Any term, or two rare characters together; words and grams each by BM25F over title and body.

    The single characters add a little where they stand, the same on every engine.
    """
    parts = [
        # Shorter words are among the grams, and would count twice.
        ("words", [word for word in query.words if len(word) > 2 and is_han(word)], 1.0),
        ("grams", query.grams, 1.0),
        ("words", query.extra_words, EXTRA_WEIGHT),
        ("grams", query.extra_grams, EXTRA_WEIGHT),
    ]
    terms = [
        Q(
            "combined_fields",
            query=" ".join(terms),
            fields=[f"title_{field}^{TITLE_WEIGHT:g}", f"body_{field}"],
            boost=weight,
        )
        for field, terms, weight in parts
        if terms
    ]
    rare = [_stands(char) for char in rare_characters(query.characters)]
    if len(rare) >= RARE_TOGETHER:
        together = Q("bool", should=rare, minimum_should_match=RARE_TOGETHER)
        terms.append(Q("constant_score", filter=together, boost=0.0))
    present = [
        Q("constant_score", filter=_stands(char), boost=_BM25_SCALE * weight)
        for char, weight in presence_weights(query.characters).items()
    ]
    matched = Q("bool", should=terms, minimum_should_match=1)
    return Q("bool", must=[matched], should=present) if present else matched


def _stands(char: str) -> Q:
    """The character stands in the title or in the body."""
    return Q("bool", should=[Q("term", title_chars=char), Q("term", body_chars=char)], minimum_should_match=1)


def passage_query(query: Query) -> Q:
    """Places that may say something about the query; our own code picks the best of them."""
    terms = " ".join([*query.grams, *query.extra_grams])
    should = [Q("match", grams=terms)] if terms else []
    for chunk in query.chunks:
        if all(is_han(char) for char in chunk):
            phrase = (
                Q("prefix", grams={"value": chunk})
                if len(chunk) == 1
                else Q("match_phrase", grams=" ".join(bigrams(chunk)))
            )
            should.append(Q("constant_score", filter=phrase, boost=20.0))
    return Q("bool", should=should, minimum_should_match=1) if should else Q("match_none")


def facets_ask(asked: Search, request: SearchRequest) -> None:
    """Adds the counts of each facet under the filters of the others."""
    filters = facet_filters(request)
    for facet in FACETS:
        others = [condition for name, condition in filters.items() if name != facet]
        asked.aggs.bucket(facet, "filter", Q("bool", filter=others)).bucket(
            "values", "terms", field=facet, size=_FACET_VALUES
        )


def facets_told(answer: dict[str, Any]) -> dict[str, dict[int | str, int]]:
    """The counts of an answer."""
    return {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][facet]["values"]["buckets"]}
        for facet in FACETS
    }
