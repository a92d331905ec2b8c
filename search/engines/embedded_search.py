"""One search of the embedded engine: counted by SQL, found by FTS5, ordered by BM25F."""

# ruff: noqa: S608 - what is put into statements are names of indexes, checked by `checked_name`; values are parameters

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from search.analysis.query import Query
from search.analysis.telling_characters import presence_weights
from search.engines import counting
from search.engines.bm25f import EXACT_TITLE_WEIGHT, Statistics, idf, saturated, score
from search.engines.contract import BEYOND_MOST, CANDIDATES, DEEPEST, Found, Hit, SearchRequest
from search.engines.embedded_match import Match, literal_match, ranked_match, term_weights, without
from search.engines.embedded_store import Connection
from search.engines.telling import told_characters


class Row(NamedTuple):
    """A candidate. `rank` is that of FTS5, the lower the better."""

    id: int
    kind: str
    key: str
    studio: int
    rank: float


Scored = tuple[Row, float, bool]


class EmbeddedSearch:
    """One search in one consistent state of the file."""

    def __init__(self, connection: Connection, index: str, query: Query, request: SearchRequest) -> None:
        self._connection, self._index, self._query, self._request = connection, index, query, request
        pieces, length = connection.execute(f'SELECT pieces, length FROM "{index}.totals"').fetchone()
        self._statistics = Statistics(pieces, length / pieces if pieces else 1.0)
        self._characters = told_characters(query, pieces)

    def found(self) -> Found:
        """Counts everything in SQL, brings only the best into Python."""
        request, query = self._request, self._query
        weights = None if query.exact else self._weights()
        match = self._ranked(weights) if weights is not None and not query.phrases else self._literal()
        counts = counting.counted(self._groups(match), request)
        total = counts.total
        if not request.limit:
            return Found(total, 0, (), counts.facets if request.facets else {})
        hits = self._ordered(match, weights, counts) if request.offset < total or total <= BEYOND_MOST else []
        beyond = self._beyond(hits) if query.widened and total <= BEYOND_MOST else []
        page = (hits + beyond)[request.offset : request.offset + request.limit] if request.offset < DEEPEST else []
        return Found(
            total=total,
            beyond=len(beyond),
            hits=self._shown(page),
            facets=counts.facets if request.facets else {},
        )

    def _beyond(self, exact: list[Scored]) -> list[Scored]:
        """Pieces with parts of a short query, or with other words for it."""
        weights = self._weights()
        match = self._ranked(weights)
        passing = counting.counted(self._groups(match), self._request).passing if self._request.chosen else None
        rows = self._rows(match, CANDIDATES, passing, [row.id for row, _value, _exact in exact])
        scores = self._term_scores(rows, weights)
        return self._sorted(rows, scores, exact=False, ranked=True)[:BEYOND_MOST]

    def _literal(self) -> Match:
        return literal_match(self._connection, self._index, self._query)

    def _ranked(self, weights: dict[str, float]) -> Match:
        match = ranked_match(weights, self._statistics.pieces, self._characters)
        return match if match.nothing else without(self._connection, self._index, self._query, match)

    def _weights(self) -> dict[str, float]:
        return term_weights(self._connection, self._index, self._query, self._statistics.pieces)

    def _groups(self, match: Match) -> list[counting.Group]:
        """Everything that matches and that the reader may see, counted by class."""
        if match.nothing:
            return []
        source, parameters = self._source(match)
        statement = (
            "SELECT c.id, c.kind, c.studio, c.trades, c.equipment, c.year, c.file_type, g.pieces "
            f"FROM (SELECT p.class AS class, count(*) AS pieces {source} GROUP BY 1) g "
            f'JOIN "{self._index}.classes" c ON c.id = g.class'
        )
        return list(map(counting.Group._make, self._connection.execute(statement, parameters)))

    def _rows(
        self, match: Match, most: int, classes: Sequence[int] | None, without: Sequence[int] = (), order: str = "place"
    ) -> list[Row]:
        """The first matches of those classes (None: all) that the reader may see, as FTS5 ranks them or by `order`."""
        if match.nothing:
            return []
        if order != "place" or not match.ranked or match.ranked == match.expression:
            return self._rows_of(match, most, classes, without, order)
        # Ranking costs most: what only the rest of the expression finds is added where there is room.
        found = self._rows_of(replace(match, expression=match.ranked), most, classes, without, order)
        if len(found) == most:
            return found
        rest = replace(match, expression=f"({match.expression}) NOT ({match.ranked})")
        return found + self._rows_of(rest, most - len(found), classes, without, "p.id")

    def _rows_of(
        self, match: Match, most: int, classes: Sequence[int] | None, without: Sequence[int], order: str
    ) -> list[Row]:
        source, parameters = self._source(match)
        conditions, values = "", list[object]()
        if classes is not None:
            conditions += " AND p.class IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(list(classes)))
        if without:
            conditions += " AND p.id NOT IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(list(without)))
        rank, priors = "0.0", list[object]()
        if match.expression and order == "place":
            rank, priors = self._prior_rank(ranked=bool(match.ranked) or not self._query.exact)
        studio = f'(SELECT c.studio FROM "{self._index}.classes" c WHERE c.id = best.class)'
        statement = (
            f"SELECT id, kind, key, {studio}, place FROM (SELECT p.id, p.kind, p.key, p.class, {rank} AS place "
            f"{source} {conditions} ORDER BY {order}, p.kind, p.key LIMIT ?) best"
        )
        return list(map(Row._make, self._connection.execute(statement, [*priors, *parameters, *values, most])))

    def _prior_rank(self, *, ranked: bool) -> tuple[str, list[object]]:
        """The rank of FTS5 with each kind's prior, so that also what comes after the best hundred is in its place."""
        kinds = [kind for kind, _factor in self._request.priors]
        if not kinds:
            return "f.rank", []
        cases = " WHEN ? THEN ?" * len(kinds)
        factors: list[object] = [value for kind in kinds for value in (kind, self._request.prior(kind, ranked=ranked))]
        return f"f.rank * CASE p.kind{cases} ELSE 1.0 END", factors

    def _source(self, match: Match) -> tuple[str, list[object]]:
        """FROM and WHERE of a match for this reader, with their parameters."""
        index = self._index
        audience, parameters = audience_condition(self._request.audiences)
        read = (*match.literal, *match.unwanted)
        literal = " AND (instr(t.title, ?) OR instr(t.body, ?))" * len(match.literal)
        literal += " AND NOT (instr(t.title, ?) OR instr(t.body, ?))" * len(match.unwanted)
        texts = f'CROSS JOIN "{index}.texts" t ON t.id = p.id' if read else ""
        parameters += [chunk for chunk in read for _column in range(2)]
        if not match.expression:
            return f'FROM "{index}.pieces" p {texts} WHERE NOT p.gone {audience} {literal}', parameters
        joined = f'FROM "{index}.fts" f CROSS JOIN "{index}.pieces" p ON p.id = f.rowid {texts}'
        return f'{joined} WHERE f."{index}.fts" MATCH ? {audience} {literal}', [match.expression, *parameters]

    def _ordered(self, match: Match, weights: dict[str, float] | None, counts: counting.Counts) -> list[Scored]:
        """The first hundred by BM25F, what comes after them as FTS5 ranks it; ties by key. Or all by date."""
        passing = counts.passing if self._request.chosen else None
        needed = min(self._request.offset + self._request.limit, DEEPEST)
        if self._request.sort == "date":
            dated = self._rows(match, max(needed, BEYOND_MOST), passing, order="p.date DESC")
            return [(row, 0.0, True) for row in dated]
        found = self._rows(match, max(CANDIDATES, needed), passing)
        best, rest = found[:CANDIDATES], found[CANDIDATES:]
        scores = self._literal_scores(best, counts.total) if weights is None else self._term_scores(best, weights)
        ordered = self._sorted(best, scores, exact=True, ranked=weights is not None)
        return ordered + [(row, 0.0, True) for row in rest]

    def _sorted(self, rows: list[Row], scores: dict[int, float], *, exact: bool, ranked: bool) -> list[Scored]:
        prior = self._request.prior
        scored = [(row, scores[row.id] * prior(row.kind, ranked=ranked), exact) for row in rows]
        return sorted(scored, key=lambda one: (-one[1], one[0].kind, one[0].key))

    def _term_scores(self, rows: list[Row], weights: dict[str, float]) -> dict[int, float]:
        present = presence_weights(self._characters)
        streams = self._wide(rows, f'SELECT rowid, title, body FROM "{self._index}.fts" WHERE rowid IN ({{}})')
        return {
            row_id: score(weights, title.split(" "), body.split(" "), self._statistics)
            + sum(weight for char, weight in present.items() if char in body or char in title)
            for row_id, title, body in streams
        }

    def _literal_scores(self, rows: list[Row], containing: int) -> dict[int, float]:
        texts = self._wide(rows, f'SELECT id, title, body FROM "{self._index}.texts" WHERE id IN ({{}})')
        weight = idf(self._statistics.pieces, containing)
        # The mean is of tokens, of which a text has about one a character.
        mean = self._statistics.mean_body
        return {
            row_id: weight
            * sum(
                saturated(title.count(chunk), body.count(chunk), len(body), mean, EXACT_TITLE_WEIGHT)
                for chunk in self._query.chunks
            )
            for row_id, title, body in texts
        }

    def _shown(self, page: list[Scored]) -> tuple[Hit, ...]:
        rows = [row for row, _value, _exact in page]
        shown = dict(self._wide(rows, f'SELECT id, shown FROM "{self._index}.texts" WHERE id IN ({{}})'))
        return tuple(_hit(row, value, exact, json.loads(shown[row.id])) for row, value, exact in page)

    def _wide(self, rows: Iterable[Row], statement: str) -> list[tuple[int, str, str]]:
        ids = [row.id for row in rows]
        return self._connection.execute(statement.format(",".join("?" * len(ids))), ids).fetchall()


def _hit(row: Row, value: float, exact: bool, shown: dict[str, object]) -> Hit:
    date = shown.pop("date")
    return Hit(
        kind=row.kind,
        key=row.key,
        score=value,
        exact=exact,
        studio=row.studio or None,
        date=dt.date.fromisoformat(str(date)) if date else None,
        **shown,
    )


def audience_condition(audiences: frozenset[int] | None) -> tuple[str, list[object]]:
    if audiences is None:
        return "", []
    return "AND p.audience IN (SELECT value FROM json_each(?))", [json.dumps(sorted(audiences))]
