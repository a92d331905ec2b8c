"""Elasticsearch 8 and 9, full or bare: pre-cut text in whitespace fields, ranked by combined_fields (BM25F)."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from elasticsearch_dsl import Document, Integer, Keyword, Long, Mapping, MultiSearch, Object, Q, Search, Text

from search.analysis import dictionary
from search.analysis.query import EXTRA_WEIGHT, Query, analysed_query
from search.analysis.runs import bigrams, characters, is_han
from search.engines.bm25f import K1, TITLE_WEIGHT, B
from search.engines.contract import (
    BEYOND_MOST,
    DEEPEST,
    Change,
    Found,
    Hit,
    IndexMissing,
    Outcome,
    PassageHit,
    SearchRequest,
    Stored,
)
from search.engines.elastic_client import WRITE_SECONDS, client, translated
from search.engines.elastic_write import Writer, passages_index, piece_id
from search.engines.places import best_places

_SCAN = 1_000
_FACET_VALUES = 10_000
_CANDIDATE_PLACES = 12
_TITLE_BOOST = 4.0


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


class ElasticEngine:
    """Keeps the promises of `search.engines.contract.Engine` on an Elasticsearch cluster."""

    name = "elasticsearch"

    def __init__(self, prefix: str = "") -> None:
        self._client = client()
        self._prefix = prefix or settings.SEARCH_INDEX_PREFIX
        self._alias = f"{self._prefix}-live"

    @property
    def analysis_version(self) -> str:
        """What a piece sent now would be cut by."""
        return dictionary.analysis_version()

    def index_create(self, index: str) -> None:
        """Makes an empty index; one that is there stays as it is."""
        body = {"settings": _SETTINGS, "mappings": _mapping(PieceDocument, ["*_grams", "*_words", "*_chars"])}
        passages = {"settings": _SETTINGS, "mappings": _mapping(PassageDocument, ["grams"])}
        with translated():
            indices = self._client.options(request_timeout=WRITE_SECONDS, ignore_status=400).indices
            # The passages first: an index is there when both are.
            for name, told in ((passages_index(index), passages), (index, body)):
                if not self._client.indices.exists(index=name):
                    indices.create(index=name, wait_for_active_shards="1", **told)

    def index_exists(self, index: str) -> bool:
        """Whether an index of that name is there, with its passages."""
        with translated():
            return bool(self._client.indices.exists(index=[index, passages_index(index)]))

    def index_delete(self, index: str) -> None:
        """Removes an index, if it is there."""
        with translated():
            indices = self._client.options(request_timeout=WRITE_SECONDS).indices
            indices.delete(index=[index, passages_index(index)], ignore_unavailable=True)

    def index_names(self) -> list[str]:
        """All indexes with our prefix."""
        with translated():
            found = self._client.indices.get_alias(index=f"{self._prefix}-*", expand_wildcards="all")
        names = set(found.body)
        return sorted(name for name in names if passages_index(name) in names)

    def alias_point(self, index: str) -> None:
        """Searches read that index from now on; pieces and passages change at once. Raises IndexMissing."""
        pairs = [(self._alias, index), (passages_index(self._alias), passages_index(index))]
        actions: list[dict[str, Any]] = []
        for alias, target in pairs:
            actions += [
                {"remove": {"index": f"{self._prefix}-*", "alias": alias, "must_exist": False}},
                {"add": {"index": target, "alias": alias}},
            ]
        if not self.index_exists(index):
            raise IndexMissing(index)
        with translated():
            self._client.options(request_timeout=WRITE_SECONDS).indices.update_aliases(actions=actions)

    def alias_index(self) -> str | None:
        """The index that searches read."""
        with translated():
            found = self._client.options(ignore_status=404).indices.get_alias(name=self._alias)
        return next((name for name, told in found.body.items() if isinstance(told, dict) and "aliases" in told), None)

    def apply(self, index: str, changes: Sequence[Change]) -> list[Outcome]:
        """Writes changes; each is done, stale or failed. Raises IndexMissing, EngineUnavailable."""
        if not self.index_exists(index):
            raise IndexMissing(index)
        with translated():
            return Writer(self._client, index, lambda ids: self._loose(index, ids)).apply(changes)

    def refresh(self, index: str) -> None:
        """What was applied can be found from now on."""
        with translated():
            self._client.options(request_timeout=WRITE_SECONDS).indices.refresh(index=[index, passages_index(index)])

    def stored(self, index: str) -> Iterator[Stored]:
        """What the index holds, also passages that no piece owns."""
        self.refresh(index)
        passages: dict[str, int] = {}
        for fields in self._scan(passages_index(index), ["piece"], {"match_all": {}}):
            passages[fields["piece"]] = passages.get(fields["piece"], 0) + 1
        for fields in self._scan(index, ["kind", "key", "version", "content_hash"], {"match_all": {}}):
            count = passages.pop(piece_id(fields["kind"], fields["key"]), 0)
            yield Stored(fields["kind"], fields["key"], fields["version"], fields["content_hash"], count)
        for name, count in sorted(passages.items()):
            kind, _colon, key = name.partition(":")
            yield Stored(kind, key, 0, "", count)

    def search(self, request: SearchRequest) -> Found:
        """Exact hits first, then what is near. Raises IndexMissing, EngineUnavailable."""
        query = analysed_query(request.text)
        if query.empty or (request.audiences is not None and not request.audiences):
            return Found(0, 0, (), {})
        seen = _audience(request.audiences)
        counted = _exact(query) if query.exact else _ranked(query)
        size = max(0, min(request.limit, DEEPEST - request.offset))
        with translated():
            weighed = _weighed(counted, request, ranked=not query.exact)
            asked = self._asked(weighed, seen, request).extra(track_total_hits=True)
            asked = asked[request.offset : request.offset + size] if size else asked[0:0]
            if request.facets:
                _add_facets(asked, request)
            answer = asked.execute().to_dict()
            total = answer["hits"]["total"]["value"]
            hits = [_hit(told, exact=True) for told in answer["hits"]["hits"]]
            beyond = self._beyond(query, seen, request) if query.exact and total <= BEYOND_MOST else []
        start = max(0, request.offset - total)
        room = max(0, request.limit - len(hits))
        return Found(
            total=total,
            beyond=len(beyond),
            hits=tuple(hits + (beyond[start : start + room] if request.offset + request.limit > total else [])),
            facets=_facets(answer) if request.facets else {},
        )

    def passages(
        self,
        text: str,
        pieces: Sequence[tuple[str, str]],
        per_piece: int = 4,
        audiences: frozenset[int] | None = None,
    ) -> dict[tuple[str, str], list[PassageHit]]:
        """The best places of these pieces, best first; a piece none of whose places match has none."""
        query = analysed_query(text)
        names = {piece_id(kind, key): (kind, key) for kind, key in pieces}
        if not names or query.empty:
            return {pair: [] for pair in names.values()}
        places = self._places(query, names, audiences)
        return {pair: best_places(query, places.get(name, []), per_piece) for name, pair in names.items()}

    def status(self) -> dict[str, str | int]:
        """What the administrator is told. Raises EngineUnavailable."""
        with translated():
            health = self._client.cluster.health()
            index = self.alias_index()
            pieces = self._client.count(index=index)["count"] if index else 0
            stats = self._client.indices.stats(index=f"{index}*", metric="store") if index else None
        return {
            "engine": f"Elasticsearch ({health['cluster_name']}, {health['status']}, {health['number_of_nodes']})",
            "index": index or "",
            "pieces": pieces,
            "bytes": stats["_all"]["total"]["store"]["size_in_bytes"] if stats else 0,
        }

    def _asked(self, query: Q, seen: list[Q], request: SearchRequest) -> Search:
        asked = Search(using=self._client, index=self._alias).query(Q("bool", must=[query], filter=seen))
        filters = [condition for facet, condition in _filters(request).items() if facet]
        if filters:
            asked = asked.post_filter(Q("bool", filter=filters))
        # The same question goes to the same copy of a shard: pages of one list fit together.
        copy = zlib.crc32(request.text.encode("utf-8", "replace")) % 97
        asked = asked.params(preference=f"q{copy}").source(["shown"])
        return (
            asked.extra(track_scores=True)
            .sort({"_score": "desc"}, {"name": "asc"})
            .extra(docvalue_fields=["kind", "key", "studio"])
        )

    def _beyond(self, query: Query, seen: list[Q], request: SearchRequest) -> list[Hit]:
        """Pieces with parts of a short query, or with other regions' words for it."""
        if not query.grams:
            return []
        near = Q("bool", must=[_ranked(query)], must_not=[_exact(query)])
        weighed = _weighed(near, request, ranked=True)
        answer = self._asked(weighed, seen, request)[0:BEYOND_MOST].extra(track_total_hits=False).execute().to_dict()
        return [_hit(told, exact=False) for told in answer["hits"]["hits"]]

    def _places(
        self, query: Query, names: dict[str, tuple[str, str]], audiences: frozenset[int] | None
    ) -> dict[str, list[PassageHit]]:
        """Candidates among the passages of these pieces, of the version that the piece has."""
        seen = [Q("terms", piece=list(names)), *_audience(audiences)]
        near = Search(index=passages_index(self._alias)).query(Q("bool", must=[_passage_query(query)], filter=seen))
        inner = {"name": "best", "size": _CANDIDATE_PLACES, "_source": ["locator", "label", "text", "place", "version"]}
        near = near.extra(collapse={"field": "piece", "inner_hits": inner})[0 : len(names)].source(False)
        current = Search(index=self._alias).query(
            Q("bool", filter=[Q("terms", name=list(names)), *_audience(audiences)])
        )
        current = current.extra(docvalue_fields=["name", "version"])[0 : len(names)].source(False)
        with translated():
            found, pieces = MultiSearch(using=self._client).add(near).add(current).execute()
        versions = {
            told["fields"]["name"][0]: told["fields"]["version"][0] for told in pieces.to_dict()["hits"]["hits"]
        }
        places: dict[str, list[PassageHit]] = {}
        for told in found.to_dict()["hits"]["hits"]:
            name = told["fields"]["piece"][0]
            rows = [inside["_source"] for inside in told["inner_hits"]["best"]["hits"]["hits"]]
            rows = sorted((row for row in rows if row["version"] == versions.get(name)), key=lambda row: row["place"])
            places[name] = [PassageHit(*names[name], row["locator"], row["label"], row["text"], 0.0) for row in rows]
        return places

    def _loose(self, index: str, ids: list[str]) -> Iterator[tuple[str, str]]:
        for fields in self._scan(passages_index(index), ["piece", "locator"], {"terms": {"piece": ids}}):
            yield fields["piece"], f"{fields['piece']}:{fields.get('locator', '')}"

    def _scan(self, index: str, fields: list[str], query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Named doc values of everything that matches, from one point in time, in flat memory."""
        with translated():
            reader = self._client.options(request_timeout=WRITE_SECONDS)
            point = reader.open_point_in_time(index=index, keep_alive="2m")["id"]
            after: list[Any] | None = None
            try:
                while True:
                    answer = reader.search(
                        pit={"id": point, "keep_alive": "2m"}, query=query, size=_SCAN, source=False,
                        docvalue_fields=fields, sort=["_shard_doc"], search_after=after, track_total_hits=False,
                    )  # fmt: skip
                    found = answer["hits"]["hits"]
                    for told in found:
                        yield {name: values[0] for name, values in told.get("fields", {}).items()}
                    if len(found) < _SCAN:
                        return
                    after = found[-1]["sort"]
            finally:
                reader.options(ignore_status=404).close_point_in_time(id=point)


_SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    # How long a removed piece's version is remembered against late sends; what comes later the audit finds.
    "gc_deletes": "1d",
    "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
}


def _mapping(document: type[Document], derived: list[str]) -> dict[str, Any]:
    mapping: Mapping = document._doc_type.mapping
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", excludes=derived)
    told: dict[str, Any] = mapping.to_dict()
    return told


def _audience(audiences: frozenset[int] | None) -> list[Q]:
    return [] if audiences is None else [Q("terms", audience=sorted(audiences))]


def _filters(request: SearchRequest) -> dict[str, Q]:
    chosen = {"kind": request.kind, "studio": request.studio, "trade": request.trade}
    return {facet: Q("term", **{facet: value}) for facet, value in chosen.items() if value is not None}


def _weighed(query: Q, request: SearchRequest, *, ranked: bool) -> Q:
    """The query with each kind's scores multiplied by its prior."""
    if not request.priors:
        return query
    functions = [
        {"filter": Q("term", kind=kind), "weight": request.prior(kind, ranked=ranked)}
        for kind, _factor in request.priors
    ]
    return Q("function_score", query=query, functions=functions, score_mode="first", boost_mode="multiply")


def _exact(query: Query) -> Q:
    """Every chunk stands literally in the title or in the body."""
    return Q("bool", must=[_chunk(chunk) for chunk in query.chunks])


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


def _ranked(query: Query) -> Q:
    """Any term; words and grams each by BM25F over title and body."""
    parts = [
        ("words", query.words, 1.0),
        ("grams", query.grams, 1.0),
        ("words", query.extra_words, EXTRA_WEIGHT),
        ("grams", query.extra_grams, EXTRA_WEIGHT),
    ]
    should = [
        Q(
            "combined_fields",
            query=" ".join(terms),
            fields=[f"title_{field}^{TITLE_WEIGHT:g}", f"body_{field}"],
            boost=weight,
        )
        for field, terms, weight in parts
        if terms
    ]
    return Q("bool", should=should, minimum_should_match=1)


def _passage_query(query: Query) -> Q:
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


def _add_facets(asked: Search, request: SearchRequest) -> None:
    filters = _filters(request)
    for facet in ("kind", "studio", "trade"):
        others = [condition for name, condition in filters.items() if name != facet]
        asked.aggs.bucket(facet, "filter", Q("bool", filter=others)).bucket(
            "values", "terms", field=facet, size=_FACET_VALUES
        )


def _facets(answer: dict[str, Any]) -> dict[str, dict[int | str, int]]:
    return {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][facet]["values"]["buckets"]}
        for facet in ("kind", "studio", "trade")
    }


def _hit(told: dict[str, Any], *, exact: bool) -> Hit:
    shown, fields = dict(told["_source"]["shown"]), told["fields"]
    date = shown.pop("date")
    return Hit(
        kind=fields["kind"][0],
        key=fields["key"][0],
        score=told["_score"] or 0.0,
        exact=exact,
        studio=fields.get("studio", [None])[0],
        date=dt.date.fromisoformat(date) if date else None,
        **shown,
    )
