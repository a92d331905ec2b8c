"""The workbook of units and people as plain values: its sheets, its columns, what is wrong where. No Django here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MAX_ROWS = 20_000
DATE_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
KINDS = {"公司": "company", "分厂": "branch", "车间": "workshop", "班组": "team"}
CODE = re.compile(r"[0-9A-Za-z_\-.]{1,40}")


class BadValue(Exception):
    """A cell cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell (`column` is the head's text; empty: the whole row). Rows count as Excel counts."""

    sheet: str
    row: int
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the name of its value, how a cell is read, and an example for the template."""

    head: str
    name: str
    read: Callable[[str], Any]
    required: bool = False
    example: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read: its number in the sheet and its values by name."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook and the column whose value may stand in it once."""

    title: str
    columns: tuple[Column, ...]
    key: str
    optional: bool = False


@dataclass(slots=True)
class Reading:
    """What a sheet gave."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_text(limit: int) -> Callable[[str], str]:
    """Text of at most `limit` characters."""

    def read(cell: str) -> str:
        if len(cell) > limit:
            raise BadValue("too_long")
        return cell

    return read


def read_code(cell: str) -> str:
    """A code of a unit, trade or post."""
    if not CODE.fullmatch(cell):
        raise BadValue("bad_code")
    return cell


def read_number(cell: str) -> str:
    """A staff number, in the form in which it is kept."""
    number = cell.upper()
    if not CODE.fullmatch(number):
        raise BadValue("bad_number")
    return number


def read_kind(cell: str) -> str:
    """The level of a unit, in Chinese."""
    if cell not in KINDS:
        raise BadValue("bad_kind")
    return KINDS[cell]


def read_date(cell: str) -> dt.date:
    """A day in any of the usual ways of writing."""
    text = cell.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0]
    for form in DATE_FORMS:
        try:
            day = dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
        if 1950 <= day.year <= 2100:
            return day
    raise BadValue("bad_date")


def read_phone(cell: str) -> str:
    """A phone number: figures, with the usual signs between them."""
    if not re.fullmatch(r"[0-9+\- ()]{5,30}", cell):
        raise BadValue("bad_phone")
    return cell


UNITS = Sheet(
    "单位",
    (
        Column("代码", "code", read_code, required=True, example="TH-01"),
        Column("名称", "name", read_text(120), required=True, example="碳化车间"),
        Column("级别", "kind", read_kind, required=True, example="车间", hint="公司、分厂、车间、班组"),
        Column("上级代码", "parent", read_code, example="GS", hint="空着表示最高一级"),
    ),
    key="code",
    optional=True,
)
TRADES = Sheet(
    "工种",
    (
        Column("代码", "code", read_code, required=True, example="THG"),
        Column("名称", "name", read_text(80), required=True, example="碳化工"),
    ),
    key="code",
    optional=True,
)
POSTS = Sheet(
    "岗位",
    (
        Column("代码", "code", read_code, required=True, example="THG-1"),
        Column("名称", "name", read_text(80), required=True, example="碳化塔操作"),
        Column("工种代码", "trade", read_code, example="THG"),
    ),
    key="code",
    optional=True,
)
PEOPLE = Sheet(
    "人员",
    (
        Column("工号", "number", read_number, required=True, example="T1001"),
        Column("姓名", "name", read_text(60), required=True, example="张三"),
        Column("单位代码", "unit", read_code, required=True, example="TH-01"),
        Column("工种代码", "trade", read_code, example="THG"),
        Column("岗位代码", "post", read_code, example="THG-1"),
        Column("手机", "phone", read_phone, example="13800000000"),
        Column("任职自", "from_date", read_date, example="2026-03-01", hint="空着表示今天"),
    ),
    key="number",
)
SHEETS = (UNITS, TRADES, POSTS, PEOPLE)


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, days as ISO, blanks around it dropped."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # Our own exports put a quote before what a spreadsheet would run as a formula.
    text = str(value).strip()
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def read_sheet(sheet: Sheet, lines: Iterable[Sequence[object]]) -> Reading:
    """Reads the lines of a sheet (the first is the head), cell by cell. Empty lines count as none."""
    reading, seen = Reading(), {}
    iterator: Iterator[Sequence[object]] = iter(lines)
    head = [cell_text(cell) for cell in next(iterator, ())]
    places = {column.name: head.index(column.head) for column in sheet.columns if column.head in head}
    for column in sheet.columns:
        if column.required and column.name not in places:
            reading.faults.append(Fault(sheet.title, 1, column.head, "no_column"))
    if reading.faults:
        return reading
    for number, line in enumerate(iterator, start=2):
        cells = {name: cell_text(line[at]) if at < len(line) else "" for name, at in places.items()}
        if not any(cells.values()):
            continue
        values, faults = read_row(sheet, number, cells)
        key = values.get(sheet.key)
        if key is not None and key in seen:
            faults.append(Fault(sheet.title, number, _head(sheet, sheet.key), "repeated", f"{key}|{seen[key]}"))
        elif key is not None:
            seen[key] = number
        reading.faults.extend(faults)
        if not faults:
            reading.rows.append(Row(number, values))
    return reading


def read_row(sheet: Sheet, number: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """Values and faults of one line, given as text by column name."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in sheet.columns:
        cell = cells.get(column.name, "")
        if not cell:
            if column.required:
                faults.append(Fault(sheet.title, number, column.head, "missing"))
            else:
                values[column.name] = None
            continue
        try:
            values[column.name] = column.read(cell)
        except BadValue as bad:
            faults.append(Fault(sheet.title, number, column.head, bad.code, cell[:60]))
    return values, faults


def _head(sheet: Sheet, name: str) -> str:
    return next(column.head for column in sheet.columns if column.name == name)


def parents_first(rows: Iterable[Row], known: Iterable[str]) -> tuple[list[Row], list[Row]]:
    """Unit rows in an order in which every parent comes before its children, and those whose parent never comes."""
    done, waiting, ordered = set(known), list(rows), []
    while True:
        ready = [row for row in waiting if row.values["parent"] is None or row.values["parent"] in done]
        if not ready:
            return ordered, waiting
        ordered += ready
        done |= {row.values["code"] for row in ready}
        waiting = [row for row in waiting if row.values["code"] not in done]
