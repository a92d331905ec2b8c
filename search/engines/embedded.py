"""The embedded engine: SQLite FTS5 finds, a BM25F of ours orders. Nothing to install, one file."""

# ruff: noqa: S608 - what is put into statements are names of indexes, checked by `checked_name`; values are parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from search.analysis import dictionary
from search.analysis.query import analysed_query
from search.engines.contract import (
    Change,
    Found,
    IndexMissing,
    Outcome,
    PassageHit,
    SearchRequest,
    Stored,
)
from search.engines.embedded_search import EmbeddedSearch, audience_condition
from search.engines.embedded_store import Prepared, Store, checked_name, index_drop, index_make, piece_write
from search.engines.places import best_places

_ALIAS = "live"
_CHUNK = 500


class EmbeddedEngine:
    """Keeps the promises of `search.engines.contract.Engine` in one file of SQLite."""

    name = "embedded"
    # A file has one writer.
    sends_at_once = 1

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

    def index_lost(self, index: str) -> bool:
        """Never: an index is in one file."""
        return False

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
            return EmbeddedSearch(connection, _required_live(connection), query, request).found()

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
            condition, parameters = audience_condition(audiences)
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
