"""Tables of plain text (CSV)."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from kb.files.reading.child.encodings import text_of
from kb.files.reading.child.out import Part, Stop, Writer
from kb.files.reading.child.rows import row_said, rows_named

MOST_ROWS = 20_000
SEPARATORS = ",;\t|，；"


def csv_read(source: Path, writer: Writer) -> None:
    """One part a row; the separator is the one that the first lines use most."""
    text = text_of(source)
    csv.field_size_limit(1_000_000)
    lines = text.split("\n", 20)[:20]
    separator = max(SEPARATORS, key=lambda mark: sum(line.count(mark) for line in lines))
    try:
        read = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), MOST_ROWS + 1)
        rows = [[" ".join(cell.split()) for cell in row] for row in read]
    except csv.Error as error:
        raise Stop("broken") from error
    for index, cells in rows_named(rows[:MOST_ROWS]):
        writer.add(Part("row", index + 1, text=row_said(cells), locator=f"row:1.{index + 1}", layout=cells))
    if len(rows) > MOST_ROWS:
        raise Stop("too_many_rows")
    if writer.count == 0:
        raise Stop("empty")
