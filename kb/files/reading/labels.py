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
