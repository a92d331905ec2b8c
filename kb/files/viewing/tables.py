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
    """What is shown of one sheet."""

    sheet: str
    columns: list[str]
    rows: list[Row]


def table_of(sheet: str, parts: list[Shown]) -> Table:
    """Columns in the order in which they come up; a name that a row has twice keeps the table from being one."""
    columns = list(dict.fromkeys(cell.name for part in parts for cell in part.cells if cell.name))
    if len(columns) > MOST_COLUMNS or any(_is_double(part) for part in parts):
        columns = []
    return Table(sheet, columns, [_row(part, columns) for part in parts])


def _row(part: Shown, columns: list[str]) -> Row:
    by_name = {cell.name: cell for cell in part.cells}
    if not columns or not all(cell.name for cell in part.cells):
        return Row(part, part.cells, is_named=False)
    return Row(part, [by_name.get(name) or Cell(name, SafeString("")) for name in columns], is_named=True)


def _is_double(part: Shown) -> bool:
    names = [cell.name for cell in part.cells if cell.name]
    return len(set(names)) < len(names)
