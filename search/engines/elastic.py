"""Elasticsearch 8 and 9, full or bare: pre-cut text in whitespace fields, ranked by combined_fields (BM25F)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from search.analysis import dictionary
from search.analysis.query import Query, analysed_query
from search.engines.contract import (
    BEYOND_MOST,
    DEEPEST,
    Change,
    EngineUnavailable,
    Found,
    Hit,
    IndexMissing,
    Outcome,
    PassageHit,
    SearchRequest,
    Stored,
)
from search.engines.elastic_client import COPIED_WITHIN, WRITE_SECONDS, client, translated
from search.engines.elastic_copies import Copies, refreshed_everywhere
from search.engines.elastic_dsl import (
    SETTINGS,
    MultiSearch,
    PassageDocument,
    PieceDocument,
    Q,
    Search,
    audience_filters,
    exact_query,
    facet_filters,
    facets_ask,
    facets_told,
    left_out,
    mapping_of,
    passage_query,
    question_query,
    ranked_query,
    with_priors,
)
from search.engines.elastic_frequencies import Frequencies
from search.engines.elastic_write import Writer, passages_index, piece_id
from search.engines.places import best_places

_SCAN = 1_000
_CANDIDATE_PLACES = 12
_PLACES_AT_ONCE = 200
_PLACE_FIELDS = ["piece", "locator", "label", "text", "place", "version"]


class ElasticEngine:
    """Keeps the promises of `search.engines.contract.Engine` on an Elasticsearch cluster."""

    name = "elasticsearch"
    # Texts of one are cut while those of the other are written.
    sends_at_once = 2

    def __init__(self, prefix: str = "") -> None:
        self._client = client()
        self._prefix = prefix or settings.SEARCH_INDEX_PREFIX
        self._alias = f"{self._prefix}-live"
        self._copies = Copies(self._client)
        self._frequencies = Frequencies(self._client, self._alias)

    @property
    def analysis_version(self) -> str:
        """What a piece sent now would be cut by."""
        return dictionary.analysis_version()

    def index_create(self, index: str) -> None:
        """Makes an empty index; one that is there stays as it is, but gets the fields that it lacks."""
        body = {"settings": SETTINGS, "mappings": mapping_of(PieceDocument, ["*_grams", "*_words", "*_chars"])}
        passages = {"settings": SETTINGS, "mappings": mapping_of(PassageDocument, ["grams"])}
        with translated():
            indices = self._client.options(request_timeout=WRITE_SECONDS, ignore_status=400).indices
            # The passages first: an index is there when both are.
            for name, told in ((passages_index(index), passages), (index, body)):
                if not self._client.indices.exists(index=name):
                    indices.create(index=name, wait_for_active_shards="1", **told)
                else:
                    indices.put_mapping(index=name, properties=told["mappings"]["properties"])

    def index_exists(self, index: str) -> bool:
        """Whether an index of that name is there, with its passages."""
        with translated():
            return bool(self._client.indices.exists(index=[index, passages_index(index)]))

    def index_lost(self, index: str) -> bool:
        """Whether a part of it is on no node, and no node that has it comes back within some seconds."""
        if not self.index_exists(index):
            return False
        with translated():
            return self._health(index, "yellow") == "red"

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
        """Searches read that index from now on, with all that was applied; pieces and passages change at once.

        Raises IndexMissing.
        """
        pairs = [(self._alias, index), (passages_index(self._alias), passages_index(index))]
        removals = [{"remove": {"index": f"{self._prefix}-*", "alias": one, "must_exist": False}} for one, _ in pairs]
        additions = [{"add": {"index": target, "alias": alias}} for alias, target in pairs]
        if not self.index_exists(index):
            raise IndexMissing(index)
        with translated():
            writer = self._client.options(request_timeout=WRITE_SECONDS)
            # A node that falls just now must not take the only copy of a new index with it.
            self._health(index, "green")
            self.refresh(index)
            writer.indices.update_aliases(actions=removals + additions)

    def _health(self, index: str, wanted: str) -> str:
        """The health of an index with its passages, once it is as wanted; after some seconds as it is."""
        patient = self._client.options(request_timeout=WRITE_SECONDS, ignore_status=408).cluster
        names = [index, passages_index(index)]
        return str(patient.health(index=names, wait_for_status=wanted, timeout=COPIED_WITHIN)["status"])

    def alias_index(self) -> str | None:
        """The index that searches read."""
        with translated():
            found = self._client.options(ignore_status=404).indices.get_alias(name=self._alias)
        return next((name for name, told in found.body.items() if isinstance(told, dict) and "aliases" in told), None)

    def apply(self, index: str, changes: Sequence[Change]) -> list[Outcome]:
        """Writes changes; each is done, stale or failed. Raises IndexMissing, EngineUnavailable."""
        with translated():
            return Writer(self._client, index, lambda ids: self._loose(index, ids)).apply(changes)

    def refresh(self, index: str) -> None:
        """What was applied can be found from now on, in every copy that is asked."""
        names = [index, passages_index(index)]
        with translated():
            told = self._client.options(request_timeout=WRITE_SECONDS).indices.refresh(index=names)["_shards"]
        if not refreshed_everywhere(told, len(names)):
            raise EngineUnavailable(f"not every copy of {index} could be refreshed")

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
        seen = audience_filters(request.audiences)
        size = max(0, min(request.limit, DEEPEST - request.offset))
        with translated():
            counted = exact_query(query) if query.exact else question_query(query, self._frequencies.pruned(query))
            asked_for = with_priors(counted, request, ranked=not query.exact)
            asked = self._asked(asked_for, seen, request).extra(track_total_hits=True)
            asked = asked[request.offset : request.offset + size] if size else asked[0:0]
            if request.facets:
                facets_ask(asked, request)
            answer = self._copies.answer(asked, request.text)
            total = answer["hits"]["total"]["value"]
            hits = [_hit(told, exact=True) for told in answer["hits"]["hits"]]
            widened = size and query.widened and total <= BEYOND_MOST
            beyond = self._beyond(query, seen, request) if widened else []
        start = max(0, request.offset - total)
        room = max(0, request.limit - len(hits))
        return Found(
            total=total,
            beyond=len(beyond),
            hits=tuple(hits + (beyond[start : start + room] if request.offset + request.limit > total else [])),
            facets=facets_told(answer) if request.facets else {},
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
        filters = list(facet_filters(request).values())
        if filters:
            asked = asked.post_filter(Q("bool", filter=filters))
        asked = asked.source(["shown"]).extra(docvalue_fields=["kind", "key", "studio"])
        if request.sort == "date":
            # An index of an earlier version has no dates yet.
            return asked.sort(
                {"date": {"order": "desc", "missing": "_last", "unmapped_type": "date"}}, {"name": {"order": "asc"}}
            )
        return asked.extra(track_scores=True).sort({"_score": "desc"}, {"name": "asc"})

    def _beyond(self, query: Query, seen: list[Q], request: SearchRequest) -> list[Hit]:
        """Pieces with parts of a short query, or with other words for it."""
        apart = [exact_query(query), *left_out(query)]
        near = Q("bool", must=[ranked_query(self._frequencies.pruned(query))], must_not=apart)
        asked_for = with_priors(near, request, ranked=True)
        asked = self._asked(asked_for, seen, request)[0:BEYOND_MOST].extra(track_total_hits=False)
        answer = self._copies.answer(asked, request.text)
        return [_hit(told, exact=False) for told in answer["hits"]["hits"]]

    def _places(
        self, query: Query, names: dict[str, tuple[str, str]], audiences: frozenset[int] | None
    ) -> dict[str, list[PassageHit]]:
        """Candidates among the passages of these pieces, of the version that the piece has."""
        seen = [Q("terms", piece=list(names)), *audience_filters(audiences)]
        near = Search(index=passages_index(self._alias)).query(Q("bool", must=[passage_query(query)], filter=seen))
        near = near.extra(track_total_hits=True).source(_PLACE_FIELDS)[0:_PLACES_AT_ONCE]
        current = Search(index=self._alias).query(
            Q("bool", filter=[Q("terms", name=list(names)), *audience_filters(audiences)])
        )
        current = current.extra(docvalue_fields=["name", "version"])[0 : len(names)].source(False)
        with translated():
            found, pieces = MultiSearch(using=self._client).add(near).add(current).execute()
            answer = found.to_dict()
            if answer["hits"]["total"]["value"] > _PLACES_AT_ONCE:
                answer = self._places_apart(near, len(names))
        versions = {
            told["fields"]["name"][0]: told["fields"]["version"][0] for told in pieces.to_dict()["hits"]["hits"]
        }
        rows = [told["_source"] for told in answer["hits"]["hits"]]
        places: dict[str, list[PassageHit]] = {}
        for row in sorted(rows, key=lambda row: row["place"]):
            if row["version"] == versions.get(row["piece"]):
                hit = PassageHit(*names[row["piece"]], row["locator"], row["label"], row["text"], 0.0)
                places.setdefault(row["piece"], []).append(hit)
        return places

    def _places_apart(self, near: Search, pieces: int) -> dict[str, Any]:
        """The best of each piece by itself, where a long piece would leave no room for the others: ten times dearer."""
        inner = {"name": "best", "size": _CANDIDATE_PLACES, "_source": _PLACE_FIELDS}
        apart = near.using(self._client).extra(collapse={"field": "piece", "inner_hits": inner})[0:pieces].source(False)
        groups = apart.execute().to_dict()["hits"]["hits"]
        return {"hits": {"hits": [told for group in groups for told in group["inner_hits"]["best"]["hits"]["hits"]]}}

    def _loose(self, index: str, ids: list[str]) -> Iterator[tuple[str, str]]:
        index, fields, query = passages_index(index), ["piece", "locator"], {"terms": {"piece": ids}}
        first = self._client.options(request_timeout=WRITE_SECONDS).search(
            index=index, query=query, size=_SCAN, source=False, docvalue_fields=fields, track_total_hits=False,
            allow_partial_search_results=False,
        )["hits"]["hits"]  # fmt: skip
        # Nearly always that is all of them: a point in time would cost two requests more.
        found = map(_values, first) if len(first) < _SCAN else self._scan(index, fields, query)
        for told in found:
            yield told["piece"], f"{told['piece']}:{told.get('locator', '')}"

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
                        yield _values(told)
                    if len(found) < _SCAN:
                        return
                    after = found[-1]["sort"]
            finally:
                reader.options(ignore_status=404).close_point_in_time(id=point)


def _values(told: dict[str, Any]) -> dict[str, Any]:
    """Doc values of something that was found, the first of each."""
    return {name: values[0] for name, values in told.get("fields", {}).items()}


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
