"""Rows of a table as sentences: each value under its column's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

# The heading row stands among the first; above it there may be a title and notes.
HEADING_WITHIN = 12
MOST_COLUMNS = 200
LONGEST_NAME = 40


def value_words(value: Any) -> str:
    """A cell as it reads: whole numbers without a point, days as 2026-11-21."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, dt.datetime):
        whole_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if whole_day else value.strftime("%Y-%m-%d %H:%M")
    return " ".join(str(value).split())


def heading_index(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows names the columns: filled in most, words rather than numbers, and followed by a row."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        filled = [cell for cell in row if cell]
        names = [cell for cell in filled if len(cell) <= LONGEST_NAME and not _is_number(cell)]
        if len(filled) < 2 or len(names) < len(filled) or len(set(names)) < len(names):
            continue
        if index + 1 < len(rows) and (best is None or len(filled) > best[0]):
            best = (len(filled), index)
    return best[1] if best else None


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True


def rows_named(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, list[list[str]]]]:
    """Index and cells, as `[column's name, value]`, of every row that holds something; "" for no name."""
    heading = heading_index(rows)
    names = rows[heading] if heading is not None else ()
    for index, row in enumerate(rows):
        is_named = heading is not None and index > heading
        cells = enumerate(row[:MOST_COLUMNS])
        named = [[_name(names, column) if is_named else "", cell] for column, cell in cells if cell]
        if named:
            yield index, named


def rows_said(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Index and sentence of every row that holds something: `列名：值；列名：值`, rows above the heading as they are."""
    for index, named in rows_named(rows):
        yield index, row_said(named)


def row_said(named: Sequence[Sequence[str]]) -> str:
    """The sentence of a row's cells; a name that is its value is said once."""
    return "；".join(f"{name}：{cell}" if name and name != cell else cell for name, cell in named)


def _name(names: Sequence[str], column: int) -> str:
    return names[column] if column < len(names) else ""
