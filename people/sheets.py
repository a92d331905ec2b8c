"""Tables as workbooks: one way to write XLSX for every list of the site."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets a quote in front (OWASP: CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def table_workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet: bold sticky head, filters, widths by content. Values must be what Excel knows."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.append(list(head))
    widths = [len(name) * 2 + 4 for name in head]
    for row in rows:
        values = [safe(value) for value in row]
        sheet.append(values)
        widths = [max(w, min(48, len(str(v or "")) * 2 + 2)) for w, v in zip(widths, values, strict=True)]
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table_response(filename: str, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The workbook as a download; `filename` ends in .xlsx and may be Chinese."""
    response = HttpResponse(table_workbook(title, head, rows), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    return response
