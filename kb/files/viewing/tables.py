"""Rows of a sheet under the names of its columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from kb.files.viewing.shown import Cell, Shown

# A table that is wider is read row by row.
MOST_COLUMNS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a cell for each column; without columns, its cells as they come."""

    shown: Shown
    cells: list[Cell]
    is_named: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown of one sheet. `head`: the row that names the columns, where it is shown; `above`: rows before it."""

    sheet: str
    columns: list[str]
    above: list[Row]
    head: Row | None
    rows: list[Row]


def table_of(sheet: str, parts: list[Shown]) -> Table:
    """The columns are those of the row that names them, or, where that is not among the parts, as they come up.

    A name that a row has twice, or too many, keep the table from being one; its rows are then read one by one.
    """
    used = list(dict.fromkeys(cell.name for part in parts for cell in part.cells if cell.name))
    if any(_is_double(part) for part in parts):
        return Table(sheet, [], [], None, _rows(parts, []))
    at = _head_at(parts, used)
    named = _values(parts[at]) if at is not None else []
    if at is not None and len(named) <= MOST_COLUMNS:
        return Table(
            sheet, named, _rows(parts[:at], []), Row(parts[at], parts[at].cells, True), _rows(parts[at + 1 :], named)
        )
    columns = used if len(used) <= MOST_COLUMNS else []
    return Table(sheet, columns, [], None, _rows(parts, columns))


def _head_at(parts: list[Shown], used: list[str]) -> int | None:
    """The row before the first whose cells have names, if these are what it says."""
    first = next((number for number, part in enumerate(parts) if any(cell.name for cell in part.cells)), 0)
    return first - 1 if first and set(used) <= set(_values(parts[first - 1])) else None


def _values(part: Shown) -> list[str]:
    return [value for _name, value in part.part.layout or []]


def _rows(parts: list[Shown], columns: list[str]) -> list[Row]:
    return [_row(part, columns) for part in parts]


def _row(part: Shown, columns: list[str]) -> Row:
    by_name = {cell.name: cell for cell in part.cells}
    if not columns or not all(cell.name for cell in part.cells):
        return Row(part, part.cells, is_named=False)
    return Row(part, [by_name.get(name) or Cell(name, SafeString("")) for name in columns], is_named=True)


def _is_double(part: Shown) -> bool:
    names = [cell.name for cell in part.cells if cell.name]
    return len(set(names)) < len(names)
