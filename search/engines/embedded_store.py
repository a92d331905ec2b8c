"""The file of the embedded engine: its tables, its connections, how a piece is written."""

# ruff: noqa: S608 - what is put into statements are names of indexes, checked by `checked_name`; values are parameters

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.analysis.runs import is_han
from search.analysis.text import Analysed, analysed
from search.engines.contract import Change, EngineUnavailable, IndexMissing
from search.engines.embedded_upgrade import CLASSES_SCHEMA, file_upgrade
from search.registry import Piece

BUSY_MILLISECONDS = 10_000
MOST_REMEMBERED = 50_000
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,120}")
_SURROGATES = re.compile("[\ud800-\udfff]")

_FILE_SCHEMA = """
CREATE TABLE IF NOT EXISTS indexes (name TEXT PRIMARY KEY, analysis_version TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aliases (alias TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
"""

_INDEX_SCHEMA = (
    """CREATE TABLE "{0}.pieces" (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
        gone INTEGER NOT NULL, content_hash TEXT NOT NULL DEFAULT '', audience INTEGER, class INTEGER, date TEXT,
        passages INTEGER NOT NULL DEFAULT 0, length INTEGER NOT NULL DEFAULT 0, UNIQUE (kind, key))""",
    CLASSES_SCHEMA,
    # Wide columns stand apart, so that counting reads narrow rows only.
    """CREATE TABLE "{0}.texts" (id INTEGER PRIMARY KEY, title TEXT, body TEXT, shown TEXT)""",
    """CREATE TABLE "{0}.passages" (piece INTEGER, place INTEGER, locator TEXT, label TEXT, text TEXT,
        PRIMARY KEY (piece, place)) WITHOUT ROWID""",
    """CREATE TABLE "{0}.latin" (word TEXT PRIMARY KEY) WITHOUT ROWID""",
    """CREATE TABLE "{0}.totals" (pieces INTEGER NOT NULL, length INTEGER NOT NULL)""",
    """INSERT INTO "{0}.totals" VALUES (0, 0)""",
    """CREATE VIRTUAL TABLE "{0}.fts" USING fts5(title, body, detail=full, tokenize="ascii tokenchars '.+#-_/~%'")""",
    """INSERT INTO "{0}.fts" ("{0}.fts", rank) VALUES ('rank', 'bm25(2.0, 1.0)')""",
    """CREATE VIRTUAL TABLE "{0}.vocabulary" USING fts5vocab("{0}.fts", 'row')""",
)
_TABLES = ("vocabulary", "fts", "totals", "latin", "passages", "texts", "classes", "pieces")


class Connection(sqlite3.Connection):
    """A connection that remembers how many pieces have a term, as long as nobody writes to the file."""

    frequencies: tuple[tuple[int, int], dict[tuple[str, str], int]] = ((-1, -1), {})

    def known_frequencies(self) -> dict[tuple[str, str], int]:
        """What is remembered, by index and term. Ask inside a transaction that has read already."""
        state = (self.execute("PRAGMA data_version").fetchone()[0], self.total_changes)
        if self.frequencies[0] != state or len(self.frequencies[1]) > MOST_REMEMBERED:
            self.frequencies = (state, {})
        return self.frequencies[1]


class Store:
    """A file with any number of named indexes. Connections are one a thread and process."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent state of the file; raises EngineUnavailable."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start; raises EngineUnavailable."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error):
                raise IndexMissing(str(error)) from error
            raise EngineUnavailable(f"{self.path.name}: {error}") from error

    def _connection(self) -> Connection:
        """This thread's connection; a new one after a fork, and where the file was replaced under us."""
        identity = (os.getpid(), self._inode())
        if getattr(self._local, "identity", None) != identity or identity[1] is None:
            self._local.connection = self._open()
            self._local.identity = (os.getpid(), self._inode())
        connection: Connection = self._local.connection
        return connection

    def _inode(self) -> int | None:
        try:
            return self.path.stat().st_ino
        except OSError:
            return None

    def _open(self) -> Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(f"{self.path.parent}: {error}") from error
        connection = sqlite3.connect(
            self.path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, factory=Connection
        )
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -16000")
        connection.executescript(_FILE_SCHEMA)
        file_upgrade(connection)
        return connection


def checked_name(index: str) -> str:
    """The name, if it can be part of a statement; raises ValueError."""
    if not _NAME.fullmatch(index):
        raise ValueError(f"not a name for an index: {index!r}")
    return index


def index_make(connection: sqlite3.Connection, index: str, analysis_version: str) -> None:
    """Makes an index, if it is not there."""
    if connection.execute("SELECT 1 FROM indexes WHERE name = ?", [index]).fetchone():
        return
    for statement in _INDEX_SCHEMA:
        connection.execute(statement.format(checked_name(index)))
    connection.execute("INSERT INTO indexes VALUES (?, ?)", [index, analysis_version])


def index_drop(connection: sqlite3.Connection, index: str) -> None:
    """Removes an index and what points to it."""
    for table in _TABLES:
        connection.execute(f'DROP TABLE IF EXISTS "{checked_name(index)}.{table}"')
    connection.execute("DELETE FROM indexes WHERE name = ?", [index])
    connection.execute("DELETE FROM aliases WHERE name = ?", [index])


class Prepared:
    """A piece cut and packed, before the write lock is taken: cutting is the slow part."""

    def __init__(self, piece: Piece) -> None:
        self.title: Analysed = analysed(_clean(piece.title))
        self.body: Analysed = analysed(_clean(piece.text))
        self.date = piece.date.isoformat() if piece.date else None
        self.kept_class = (
            piece.kind,
            int(piece.studio or 0),
            json.dumps(sorted({int(trade) for trade in piece.trades})),
            json.dumps(sorted({_clean(name) for name in piece.equipment}), ensure_ascii=False),
            piece.date.year if piece.date else 0,
            _clean(piece.file_type),
        )
        self.shown = json.dumps(
            {
                "title": _clean(piece.title),
                "url": piece.url,
                "language": piece.language,
                "summary": _clean(piece.summary),
                "date": self.date,
                "facts": {name: _clean(value) for name, value in piece.facts.items()},
            },
            ensure_ascii=False,
        )
        self.passages = [
            (place, passage.locator, _clean(passage.label), _clean(passage.text))
            for place, passage in enumerate(piece.passages)
        ]
        self.latin = {token for token in {*self.title.grams, *self.body.grams} if not is_han(token)}
        self.body_stream = self.body.stream
        self.length = self.body_stream.count(" ") + 1 if self.body_stream else 0


def piece_write(connection: sqlite3.Connection, index: str, change: Change, prepared: Prepared | None) -> str:
    """Writes one change, or says that it is late: "done" or "stale"."""
    row = connection.execute(
        f'SELECT id, version, gone, length FROM "{index}.pieces" WHERE kind = ? AND key = ?', [change.kind, change.key]
    ).fetchone()
    if row and row[1] > change.version:
        return "stale"
    if row:
        _contents_remove(connection, index, row[0], row[2], row[3])
    piece = change.piece
    values = [change.kind, change.key, change.version]
    if piece is None or prepared is None:
        facts: list[object] = [1, "", None, None, None, 0, 0]
    else:
        facts = [
            0,
            change.content_hash,
            piece.audience,
            _class_id(connection, index, prepared),
            prepared.date,
            len(prepared.passages),
            prepared.length,
        ]
    cursor = connection.execute(
        f'INSERT INTO "{index}.pieces" (kind, key, version, gone, content_hash, audience, class, date, passages, length) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, "
        "gone = excluded.gone, content_hash = excluded.content_hash, audience = excluded.audience, "
        "class = excluded.class, date = excluded.date, passages = excluded.passages, length = excluded.length "
        "RETURNING id",
        [*values, *facts],
    )
    (row_id,) = cursor.fetchone()
    cursor.close()
    if prepared is not None:
        _contents_add(connection, index, row_id, prepared)
    return "done"


def _class_id(connection: sqlite3.Connection, index: str, prepared: Prepared) -> int:
    """The class of a piece, made where it is the first of its class."""
    columns = "kind, studio, trades, equipment, year, file_type"
    connection.execute(
        f'INSERT OR IGNORE INTO "{index}.classes" ({columns}) VALUES (?, ?, ?, ?, ?, ?)', prepared.kept_class
    )
    found = connection.execute(
        f'SELECT id FROM "{index}.classes" WHERE ({columns}) = (?, ?, ?, ?, ?, ?)', prepared.kept_class
    ).fetchone()
    return int(found[0])


def _contents_remove(connection: sqlite3.Connection, index: str, row_id: int, gone: int, length: int) -> None:
    if gone:
        return
    connection.execute(f'DELETE FROM "{index}.fts" WHERE rowid = ?', [row_id])
    connection.execute(f'DELETE FROM "{index}.texts" WHERE id = ?', [row_id])
    connection.execute(f'DELETE FROM "{index}.passages" WHERE piece = ?', [row_id])
    connection.execute(f'UPDATE "{index}.totals" SET pieces = pieces - 1, length = length - ?', [length])


def _contents_add(connection: sqlite3.Connection, index: str, row_id: int, prepared: Prepared) -> None:
    connection.execute(
        f'INSERT INTO "{index}.fts" (rowid, title, body) VALUES (?, ?, ?)',
        [row_id, prepared.title.stream, prepared.body_stream],
    )
    connection.execute(
        f'INSERT INTO "{index}.texts" VALUES (?, ?, ?, ?)',
        [row_id, prepared.title.normal, prepared.body.normal, prepared.shown],
    )
    connection.executemany(
        f'INSERT INTO "{index}.passages" VALUES (?, ?, ?, ?, ?)', [(row_id, *passage) for passage in prepared.passages]
    )
    connection.executemany(
        f'INSERT OR IGNORE INTO "{index}.latin" VALUES (?)', [(word,) for word in sorted(prepared.latin)]
    )
    connection.execute(f'UPDATE "{index}.totals" SET pieces = pieces + 1, length = length + ?', [prepared.length])


def _clean(text: str) -> str:
    """UTF-8 has no lone surrogates; a broken upload may."""
    return _SURROGATES.sub("\ufffd", text)
