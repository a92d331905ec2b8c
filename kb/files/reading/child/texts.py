"""Plain text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from kb.files.reading.child.encodings import text_of
from kb.files.reading.child.out import Stop, Writer
from kb.files.reading.child.passages import Sections

_ATX = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(=+|-+)\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_RULE = re.compile(r"^\s*([-*_|:]\s*){3,}$")
# `![alt](url)` and `[words](url)` keep their words; marks of emphasis and quotes go.
_LINK = re.compile(r"!?\[([^\]\n]{0,400})\]\([^)\n]{0,2000}\)")
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_`]+|[*_`]+(?!\w)")
_LEAD = re.compile(r"^\s*(?:>\s*|[-*+]\s+)+")


def text_read(source: Path, writer: Writer) -> None:
    """Paragraphs are parted by an empty line, else by every line."""
    sections = Sections(writer)
    for block in re.split(r"\n\s*\n", text_of(source).replace("\r\n", "\n").replace("\r", "\n")):
        for line in block.split("\n"):
            sections.paragraph(line)
    _finish(sections, writer)


def markdown_read(source: Path, writer: Writer) -> None:
    """Sections by headings of either form; what is fenced is taken as it stands."""
    sections = Sections(writer)
    fenced = False
    before = ""
    for raw in [*text_of(source).replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        is_fence = bool(_FENCE.match(raw))
        fenced = fenced != is_fence
        line = "" if is_fence else raw
        heading = None if fenced else _ATX.match(line)
        underline = not fenced and before and not _ATX.match(before) and _UNDERLINE.match(line)
        if underline:
            sections.heading(1 if line.startswith("=") else 2, _plain(before))
            before = ""
            continue
        if before:
            sections.paragraph(before if fenced else _plain(before))
        before = ""
        if heading:
            sections.heading(len(heading.group(1)), _plain(heading.group(2)))
        elif fenced or not _RULE.match(line):
            before = line
    _finish(sections, writer)


def _plain(line: str) -> str:
    line = _LINK.sub(r"\1", line)
    line = _MARKS.sub("", _LEAD.sub("", line))
    return " | ".join(cell.strip() for cell in line.strip().strip("|").split("|")) if "|" in line else line


def _finish(sections: Sections, writer: Writer) -> None:
    sections.flush()
    if writer.count == 0:
        raise Stop("empty")
