"""Opens an uploaded workbook as hostile input, and writes the template."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from people.errors import Refusal
from people.imports import rules

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 200
MAX_COLUMNS = 50
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


class WorkbookRefused(Refusal):
    """The file cannot be read as a workbook, or is larger than any honest list of people."""

    code = "workbook_refused"
    status = 400
    message = _("这个文件打不开。请用 Excel 或 WPS 另存为 .xlsx，再上传；最好从下载的模板填起。")


class WorkbookTooLarge(WorkbookRefused):
    """Larger than allowed, packed or unpacked, or with too many rows."""

    code = "workbook_too_large"
    message = _("文件太大：不能超过 5 MB、每张表 20000 行。请分成几个文件导入。")


def _unpacked_with_care(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise WorkbookTooLarge
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as broken:
        raise WorkbookRefused from broken
    with archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise WorkbookTooLarge
        left = MAX_UNPACKED
        for part in parts:
            left = _part_read(archive, part, left)


def _part_read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpacks a part piece by piece: its declared size may lie. XML of a workbook has no declarations of entities."""
    try:
        with archive.open(part) as stream:
            tail = b""
            while piece := stream.read(65536):
                left -= len(piece)
                if left < 0:
                    raise WorkbookTooLarge
                if any(word in tail + piece for word in DECLARATIONS):
                    raise WorkbookRefused
                tail = piece[-16:]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as broken:
        raise WorkbookRefused from broken
    return left


def _opened(content: bytes) -> Workbook:
    _unpacked_with_care(content)
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError, AttributeError) as broken:
        raise WorkbookRefused from broken


def first_sheet_reading(content: bytes, sheet: rules.Sheet) -> rules.Reading:
    """The first sheet of a workbook, whatever it is called. Raises `WorkbookRefused` or `WorkbookTooLarge`."""
    book = _opened(content)
    try:
        return rules.read_sheet(sheet, _lines(book[book.sheetnames[0]]))
    except (IndexError, KeyError, ValueError, TypeError, SyntaxError, AttributeError) as broken:
        raise WorkbookRefused from broken
    finally:
        book.close()


def readings(content: bytes) -> dict[str, rules.Reading]:
    """Each known sheet of the workbook, read. Raises `WorkbookRefused` or `WorkbookTooLarge`."""
    book = _opened(content)
    try:
        titles = {title.strip(): title for title in book.sheetnames}
        found = {}
        for sheet in rules.SHEETS:
            if sheet.title in titles:
                found[sheet.title] = rules.read_sheet(sheet, _lines(book[titles[sheet.title]]))
        if not found:
            raise WorkbookRefused(_("没有找到“人员”或“单位”工作表。请从下载的模板填起，不要改工作表的名字。"))
        return found
    except (KeyError, ValueError, TypeError, SyntaxError, AttributeError) as broken:
        raise WorkbookRefused from broken
    finally:
        book.close()


def _lines(sheet: object) -> Iterator[Sequence[object]]:
    # A workbook may claim a million empty rows: what it says of its own size is not believed.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    empty = 0
    for number, line in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)):  # type: ignore[attr-defined]
        if number > rules.MAX_ROWS:
            raise WorkbookTooLarge
        empty = empty + 1 if not any(cell is not None for cell in line) else 0
        if empty > 1000:
            return
        yield line


def template() -> bytes:
    """The empty workbook: one sheet for each kind of row, and one that explains every column with an example."""
    book = Workbook()
    book.remove(book.active)
    for sheet in (rules.PEOPLE, rules.UNITS, rules.TRADES, rules.POSTS):
        page = book.create_sheet(sheet.title)
        for number, column in enumerate(sheet.columns, start=1):
            head = page.cell(1, number, column.head)
            head.font = Font(bold=True)
            if column.required:
                head.fill = PatternFill("solid", fgColor="FFF4D6")
            page.column_dimensions[get_column_letter(number)].width = 18
            for line in range(2, 400):
                page.cell(line, number).number_format = "@"
        page.freeze_panes = "A2"
    _notes(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _notes(book: Workbook) -> None:
    notes = book.create_sheet("填写说明")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 14, 20
    notes.column_dimensions["C"].width, notes.column_dimensions["D"].width = 12, 40
    notes.append(["工作表", "列", "必填", "例子和说明"])
    for sheet in rules.SHEETS:
        for column in sheet.columns:
            words = "；".join(word for word in (column.example, column.hint) if word)
            notes.append([sheet.title, column.head, "必填" if column.required else "", words])
    for cell in notes[1]:
        cell.font = Font(bold=True)
    notes.append([])
    notes.append(["已有的工号、代码会更新，不会重复；只填“人员”一张表也可以。"])
