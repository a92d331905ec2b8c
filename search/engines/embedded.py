"""The embedded engine: SQLite FTS5 finds, a BM25F of ours orders. Nothing to install, one file."""

# ruff: noqa: S608 - what is put into statements are names of indexes, checked by `checked_name`; values are parameters

from __future__ import annotations

import datetime as dt
import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

from search.analysis import dictionary
from search.analysis.query import Query, analysed_query
from search.engines import counting
from search.engines.bm25f import EXACT_TITLE_WEIGHT, Statistics, idf, saturated, score
from search.engines.contract import (
    BEYOND_MOST,
    CANDIDATES,
    Change,
    Found,
    Hit,
    IndexMissing,
    Outcome,
    PassageHit,
    SearchRequest,
    Stored,
)
from search.engines.counting import Row
from search.engines.embedded_match import Match, exact_match, ranked_match, term_weights
from search.engines.embedded_store import Prepared, Store, checked_name, index_drop, index_make, piece_write
from search.engines.places import best_places

_ALIAS = "live"
_CHUNK = 500


class EmbeddedEngine:
    """Keeps the promises of `search.engines.contract.Engine` in one file of SQLite."""

    name = "embedded"

    def __init__(self, path: Path | str | None = None) -> None:
        self._store = Store(path or settings.SEARCH_EMBEDDED_PATH)

    @property
    def analysis_version(self) -> str:
        """What a piece sent now would be cut by."""
        return dictionary.analysis_version()

    def index_create(self, index: str) -> None:
        """Makes an empty index; one that is there stays as it is."""
        with self._store.writing() as connection:
            index_make(connection, checked_name(index), self.analysis_version)

    def index_exists(self, index: str) -> bool:
        """Whether an index of that name is there."""
        return index in self.index_names()

    def index_delete(self, index: str) -> None:
        """Removes an index, if it is there."""
        with self._store.writing() as connection:
            index_drop(connection, checked_name(index))

    def index_names(self) -> list[str]:
        """All indexes of the file."""
        with self._store.reading() as connection:
            return [name for (name,) in connection.execute("SELECT name FROM indexes ORDER BY name")]

    def alias_point(self, index: str) -> None:
        """Searches read that index from now on. Raises IndexMissing."""
        with self._store.writing() as connection:
            _require(connection, index)
            connection.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", [_ALIAS, index])

    def alias_index(self) -> str | None:
        """The index that searches read."""
        with self._store.reading() as connection:
            return _live(connection)

    def apply(self, index: str, changes: Sequence[Change]) -> list[Outcome]:
        """Writes changes in one transaction; each is done, stale or failed. Raises IndexMissing, EngineUnavailable."""
        prepared = [_prepared(change) for change in changes]
        outcomes = []
        with self._store.writing() as connection:
            _require(connection, index)
            for change, ready in zip(changes, prepared, strict=True):
                state, error = (
                    ("failed", ready) if isinstance(ready, str) else _written(connection, index, change, ready)
                )
                outcomes.append(Outcome(change.kind, change.key, state, error))
        return outcomes

    def refresh(self, index: str) -> None:
        """What was applied can be found at once: nothing to do."""

    def stored(self, index: str) -> Iterator[Stored]:
        """What the index holds, by chunks, so that a long reading holds no writer up."""
        last = 0
        while True:
            with self._store.reading() as connection:
                _require(connection, index)
                rows = connection.execute(
                    "SELECT id, kind, key, version, content_hash, "
                    f'(SELECT count(*) FROM "{index}.passages" s WHERE s.piece = p.id) '
                    f'FROM "{index}.pieces" p WHERE id > ? AND NOT gone ORDER BY id LIMIT ?',
                    [last, _CHUNK],
                ).fetchall()
            for row in rows:
                yield Stored(*row[1:])
            if len(rows) < _CHUNK:
                return
            last = rows[-1][0]

    def search(self, request: SearchRequest) -> Found:
        """Exact hits first, then what is near. Raises IndexMissing, EngineUnavailable."""
        query = analysed_query(request.text)
        if query.empty or (request.audiences is not None and not request.audiences):
            return Found(0, 0, (), {})
        with self._store.reading() as connection:
            return _Search(connection, _required_live(connection), query, request).found()

    def passages(
        self,
        text: str,
        pieces: Sequence[tuple[str, str]],
        per_piece: int = 4,
        audiences: frozenset[int] | None = None,
    ) -> dict[tuple[str, str], list[PassageHit]]:
        """The best places of these pieces, best first; a piece none of whose places match has none."""
        query = analysed_query(text)
        found: dict[tuple[str, str], list[PassageHit]] = {}
        with self._store.reading() as connection:
            index = _required_live(connection)
            condition, parameters = _audience_condition(audiences)
            for kind, key in dict.fromkeys(pieces):
                rows = connection.execute(
                    f'SELECT s.locator, s.label, s.text FROM "{index}.pieces" p JOIN "{index}.passages" s ON s.piece = p.id '
                    f"WHERE p.kind = ? AND p.key = ? {condition} ORDER BY s.place",
                    [kind, key, *parameters],
                ).fetchall()
                found[(kind, key)] = best_places(
                    query,
                    [PassageHit(kind, key, locator, label, text, 0.0) for locator, label, text in rows],
                    per_piece,
                )
        return found

    def status(self) -> dict[str, str | int]:
        """What the administrator is told. Raises EngineUnavailable."""
        with self._store.reading() as connection:
            index = _live(connection)
            pieces = connection.execute(f'SELECT pieces FROM "{index}.totals"').fetchone()[0] if index else 0
        size = self._store.path.stat().st_size
        return {
            "engine": f"SQLite FTS5 {sqlite3.sqlite_version}",
            "index": index or "",
            "pieces": pieces,
            "bytes": size,
        }


class _Search:
    """One search in one consistent state of the file."""

    def __init__(self, connection: sqlite3.Connection, index: str, query: Query, request: SearchRequest) -> None:
        self._connection, self._index, self._query, self._request = connection, index, query, request
        pieces, length = connection.execute(f'SELECT pieces, length FROM "{index}.totals"').fetchone()
        self._statistics = Statistics(pieces, length / pieces if pieces else 1.0)

    def found(self) -> Found:
        request = self._request
        if not self._query.exact:
            weights = self._weights()
            rows = self._rows(ranked_match(weights, self._statistics.pieces))
            counted = counting.chosen(rows, request)
            hits = [(row, value, True) for row, value in self._ordered(counted, weights)]
            return self._page(hits, len(counted), 0, rows)
        rows = self._rows(exact_match(self._connection, self._index, self._query))
        counted = counting.chosen(rows, request)
        hits = [(row, value, True) for row, value in self._ordered(counted, None)]
        beyond = self._beyond({row.id for row in rows}) if len(counted) <= BEYOND_MOST else []
        return self._page(hits + beyond, len(counted), len(beyond), rows)

    def _beyond(self, exact: set[int]) -> list[tuple[Row, float, bool]]:
        """Pieces with parts of a short query, or with other regions' words for it."""
        weights = self._weights()
        near = [row for row in self._rows(ranked_match(weights, self._statistics.pieces)) if row.id not in exact]
        ordered = self._ordered(counting.chosen(near, self._request), weights)
        return [(row, value, False) for row, value in ordered[:BEYOND_MOST]]

    def _weights(self) -> dict[str, float]:
        return term_weights(self._connection, self._index, self._query, self._statistics.pieces)

    def _rows(self, match: Match) -> list[Row]:
        """Everything that matches and that the reader may see, narrow and in no order."""
        if match.nothing:
            return []
        condition, parameters = _audience_condition(self._request.audiences)
        literal = "".join(" AND (instr(t.title, ?) OR instr(t.body, ?))" for _chunk in match.literal)
        texts = f'CROSS JOIN "{self._index}.texts" t ON t.id = p.id' if match.literal else ""
        words = [chunk for chunk in match.literal for _column in range(2)]
        fields = "p.id, p.kind, p.key, p.studio, p.trades"
        if match.expression:
            statement = (
                f'SELECT {fields}, f.rank FROM "{self._index}.fts" f CROSS JOIN "{self._index}.pieces" p ON p.id = f.rowid '
                f'{texts} WHERE f."{self._index}.fts" MATCH ? {condition} {literal}'
            )
            parameters = [match.expression, *parameters]
        else:
            statement = (
                f'SELECT {fields}, 0.0 FROM "{self._index}.pieces" p {texts} WHERE NOT p.gone {condition} {literal}'
            )
        return list(map(Row._make, self._connection.execute(statement, [*parameters, *words])))

    def _ordered(self, rows: list[Row], weights: dict[str, float] | None) -> list[tuple[Row, float]]:
        """The first hundred by BM25F, what comes after them as FTS5 ranks it; ties by key."""
        wanted = max(CANDIDATES, self._request.offset + self._request.limit)
        found = heapq.nsmallest(wanted, rows, key=lambda row: (row.rank, row.kind, row.key))
        best, rest = found[:CANDIDATES], found[CANDIDATES:]
        scores = self._literal_scores(best, len(rows)) if weights is None else self._term_scores(best, weights)
        for row in best:
            scores[row.id] *= self._request.prior(row.kind, ranked=weights is not None)
        ranked = sorted(((row, scores[row.id]) for row in best), key=lambda pair: (-pair[1], pair[0].kind, pair[0].key))
        return ranked + [(row, 0.0) for row in rest]

    def _term_scores(self, rows: list[Row], weights: dict[str, float]) -> dict[int, float]:
        streams = self._wide(rows, f'SELECT rowid, title, body FROM "{self._index}.fts" WHERE rowid IN ({{}})')
        return {
            row_id: score(weights, title.split(" "), body.split(" "), self._statistics)
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

    def _page(self, hits: list[tuple[Row, float, bool]], total: int, beyond: int, rows: list[Row]) -> Found:
        request = self._request
        page = hits[request.offset : request.offset + request.limit]
        shown = dict(
            self._wide(
                [row for row, _value, _exact in page], f'SELECT id, shown FROM "{self._index}.texts" WHERE id IN ({{}})'
            )
        )
        return Found(
            total=total,
            beyond=beyond,
            hits=tuple(_hit(row, value, exact, json.loads(shown[row.id])) for row, value, exact in page),
            facets=counting.facets(rows, request) if request.facets else {},
        )

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
        studio=row.studio,
        date=dt.date.fromisoformat(str(date)) if date else None,
        **shown,
    )


def _audience_condition(audiences: frozenset[int] | None) -> tuple[str, list[object]]:
    if audiences is None:
        return "", []
    return "AND p.audience IN (SELECT value FROM json_each(?))", [json.dumps(sorted(audiences))]


def _prepared(change: Change) -> Prepared | str | None:
    """The piece ready to be written; the reason where it cannot be."""
    try:
        return Prepared(change.piece) if change.piece is not None else None
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def _written(connection: sqlite3.Connection, index: str, change: Change, ready: Prepared | None) -> tuple[str, str]:
    """Writes one change by itself: what is wrong with it does not hold the others up."""
    connection.execute("SAVEPOINT change")
    try:
        state = piece_write(connection, index, change, ready)
    except (OverflowError, sqlite3.DataError, sqlite3.IntegrityError, sqlite3.ProgrammingError) as error:
        connection.execute("ROLLBACK TO change")
        return "failed", f"{type(error).__name__}: {error}"
    finally:
        connection.execute("RELEASE change")
    return state, ""


def _live(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT name FROM aliases WHERE alias = ?", [_ALIAS]).fetchone()
    return row[0] if row else None


def _required_live(connection: sqlite3.Connection) -> str:
    index = _live(connection)
    if index is None:
        raise IndexMissing("no index is live")
    return index


def _require(connection: sqlite3.Connection, index: str) -> None:
    if not connection.execute("SELECT 1 FROM indexes WHERE name = ?", [index]).fetchone():
        raise IndexMissing(index)
