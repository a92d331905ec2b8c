"""Workbooks (XLSX): the rows of every sheet that is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kb.files.reading.child.out import Part, Stop, Writer
from kb.files.reading.child.rows import row_said, rows_named, value_words

MOST_ROWS = 20_000
MOST_CELLS = 4_000_000
HIDDEN = "隐藏的工作表没有读：{}"


def sheets_read(source: Path, writer: Writer) -> None:
    """A row is a part; its number is the one at the left edge of the sheet."""
    book = CalamineWorkbook.from_path(str(source))
    hidden: list[str] = []
    short = False
    for number, meta in enumerate(book.sheets_metadata, 1):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        short = _sheet(book.get_sheet_by_name(meta.name), meta.name, number, writer) or short
    if hidden:
        writer.notes.append(HIDDEN.format("、".join(hidden)))
    if short:
        raise Stop("too_many_rows")
    if writer.count == 0:
        raise Stop("empty")


def _sheet(sheet: Any, name: str, number: int, writer: Writer) -> bool:
    """True where the sheet is longer than what is read of it."""
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        return True
    first_row, first_column = sheet.start or (0, 0)
    rows = [[value_words(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True, nrows=MOST_ROWS)]
    _merged_fill(rows, sheet.merged_cell_ranges or [], first_row, first_column)
    for index, cells in rows_named(rows):
        row = first_row + index + 1
        writer.add(Part("row", row, text=row_said(cells), locator=f"row:{number}.{row}", sheet=name, layout=cells))
    return sheet.height > MOST_ROWS


def _merged_fill(rows: list[list[str]], ranges: list[Any], first_row: int, first_column: int) -> None:
    """A value that spans several rows belongs to each; across columns it is said once."""
    for (top, left), (bottom, _right) in ranges:
        column = left - first_column
        for row in range(top - first_row + 1, min(bottom - first_row + 1, len(rows))):
            above = top - first_row
            if 0 <= above < len(rows) and 0 <= column < len(rows[row]) and not rows[row][column]:
                rows[row][column] = rows[above][column]
