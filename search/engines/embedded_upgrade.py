"""Fits the file of an earlier version to this one, so that its indexes are read and kept until their successor is full."""

# ruff: noqa: S608 - names of indexes were checked by `checked_name` when they were made

from __future__ import annotations

import sqlite3

LAYOUT = 2

# Pieces alike in all that can be filtered by: counting reads a number a match, not six columns.
# The lists are JSON; 0 and "" stand for nothing, because NULL is never equal to NULL.
CLASSES_SCHEMA = """CREATE TABLE IF NOT EXISTS "{0}.classes" (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, studio INTEGER NOT NULL, trades TEXT NOT NULL, equipment TEXT NOT NULL,
    year INTEGER NOT NULL, file_type TEXT NOT NULL, UNIQUE (kind, studio, trades, equipment, year, file_type))"""

_DATE = """(SELECT json_extract(t.shown, '$.date') FROM "{0}.texts" t WHERE t.id = p.id)"""
_CLASS = (
    "SELECT p.kind, ifnull(p.studio, 0) AS studio, '[' || p.trades || ']' AS trades, '[]' AS equipment, "
    "CAST(ifnull(substr(p.date, 1, 4), 0) AS INTEGER) AS year, '' AS file_type, p.id AS piece "
    'FROM "{0}.pieces" p WHERE NOT p.gone'
)
# Layout 1 kept studio and trades with the piece, and no date outside of what is shown.
_FROM_FIRST = (
    'ALTER TABLE "{0}.pieces" ADD COLUMN class INTEGER',
    'ALTER TABLE "{0}.pieces" ADD COLUMN date TEXT',
    f'UPDATE "{{0}}.pieces" AS p SET date = {_DATE} WHERE NOT gone',
    CLASSES_SCHEMA,
    'INSERT INTO "{0}.classes" (kind, studio, trades, equipment, year, file_type) '
    f"SELECT DISTINCT kind, studio, trades, equipment, year, file_type FROM ({_CLASS})",
    f'UPDATE "{{0}}.pieces" SET class = c.id FROM ({_CLASS}) k JOIN "{{0}}.classes" c USING '
    '(kind, studio, trades, equipment, year, file_type) WHERE k.piece = "{0}.pieces".id',
)


def file_upgrade(connection: sqlite3.Connection) -> None:
    """Brings every index of the file to this layout, once; safe beside other processes."""
    if _layout(connection) >= LAYOUT:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _layout(connection) < LAYOUT:
            for (index,) in connection.execute("SELECT name FROM indexes").fetchall():
                for statement in _FROM_FIRST:
                    connection.execute(statement.format(index))
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
