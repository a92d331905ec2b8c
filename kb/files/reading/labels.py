"""A place in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kb.files.reading.models import FilePart, PartKind
from kb.files.reading.rules import clock


def part_label(part: FilePart) -> str:
    """`第 17 页`, `第 17 张幻灯片`, `表“点检”第 45 行`, `01:23`; a section by its heading."""
    if part.kind == PartKind.PAGE:
        return _("第 %(number)s 页") % {"number": part.number}
    if part.kind == PartKind.SLIDE:
        return _("第 %(number)s 张幻灯片") % {"number": part.number}
    if part.kind == PartKind.ROW:
        if not part.sheet:
            return _("第 %(number)s 行") % {"number": part.number}
        return _("表“%(sheet)s”第 %(number)s 行") % {"sheet": part.sheet, "number": part.number}
    if part.kind == PartKind.CUE:
        return clock(part.start_ms or 0)
    return part.title or _("第 %(number)s 节") % {"number": part.number}


def part_data(part: FilePart) -> str:
    """What `place_name` needs of a part beside its locator: the sheet of a row, the heading of a section, a moment."""
    if part.kind == PartKind.CUE:
        return clock(part.start_ms or 0)
    return {PartKind.ROW: part.sheet, PartKind.SECTION: part.title}.get(PartKind(part.kind), "")


def place_name(locator: str, data: str) -> str:
    """A place of a file in the reader's language, by its locator (`page:17`, `row:2.45`) and `part_data`."""
    kind, _colon, key = locator.partition(":")
    number = key.rpartition(".")[2]
    if kind not in PartKind.values or kind == PartKind.CUE or not number.isdecimal():
        return data
    return part_label(FilePart(kind=kind, number=int(number), sheet=data, title=data))
