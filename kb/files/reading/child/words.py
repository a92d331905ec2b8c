"""Text documents (DOCX): sections by heading, with tables, text boxes, foot- and endnotes; headers once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from kb.files.reading.child.out import Stop, Writer
from kb.files.reading.child.passages import Sections

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING = re.compile(r"^(?:heading|标题|標題)\s*(\d)$", re.IGNORECASE)
NOTES = (("footnotes", "注："), ("endnotes", "注："))
DEEPEST = 60
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def words_read(source: Path, writer: Writer) -> None:
    """Sections in the order of the document; what stands in headers and footers comes once, at the end."""
    try:
        document = Document(str(source))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Stop("broken") from error
    levels = _heading_levels(document)
    notes = _notes(document.part)
    sections = Sections(writer)
    for element in document.element.body:
        _block(element, sections, levels, notes)
    sections.flush()
    for words in _around(document):
        sections.paragraph(words)
    sections.flush()
    if writer.count == 0:
        raise Stop("empty")


def _heading_levels(document: Any) -> dict[str, int]:
    """Level by id of style: by the style's name, else by its outline level, also where it inherits one."""
    found: dict[str, int] = {}
    for style in document.styles.element.iter(f"{W}style"):
        name = style.find(f"{W}name")
        match = HEADING.match(name.get(f"{W}val", "")) if name is not None else None
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        based = style.find(f"{W}basedOn")
        if match:
            found[style.get(f"{W}styleId", "")] = int(match.group(1))
        elif outline is not None and outline.get(f"{W}val", "9").isdigit() and int(outline.get(f"{W}val", "9")) < 9:
            found[style.get(f"{W}styleId", "")] = int(outline.get(f"{W}val")) + 1
        elif based is not None and based.get(f"{W}val") in found:
            found[style.get(f"{W}styleId", "")] = found[based.get(f"{W}val")]
    return found


def _block(element: Any, sections: Sections, levels: dict[str, int], notes: dict[str, str], depth: int = 0) -> None:
    if depth > DEEPEST:
        return
    if element.tag == f"{W}p":
        _paragraph(element, sections, levels, notes, depth)
    elif element.tag == f"{W}tbl":
        for row in element.iter(f"{W}tr"):
            cells = [" ".join(filter(None, map(_text, cell.iter(f"{W}p")))) for cell in row.findall(f"{W}tc")]
            sections.paragraph(" | ".join(cell for cell in cells if cell))
    elif element.tag in (f"{W}sdt", f"{W}sdtContent"):
        for inner in element:
            _block(inner, sections, levels, notes, depth + 1)


def _paragraph(element: Any, sections: Sections, levels: dict[str, int], notes: dict[str, str], depth: int) -> None:
    level = _level(element, levels)
    said = _text(element)
    if level:
        sections.heading(level, said)
    else:
        sections.paragraph(said)
    for box in _boxes(element):
        for inner in box:
            _block(inner, sections, {}, notes, depth + 1)
    for reference in element.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        kind = "footnotes" if reference.tag.endswith("footnoteReference") else "endnotes"
        sections.paragraph(notes.get(f"{kind}:{reference.get(f'{W}id')}", ""))


def _level(paragraph: Any, levels: dict[str, int]) -> int:
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if outline is not None and outline.get(f"{W}val", "9") in "012345678":
        return int(outline.get(f"{W}val", "9")) + 1
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0


def _text(paragraph: Any) -> str:
    """The paragraph's own words: what was deleted, hidden or stands in its text boxes is left out."""
    return "".join(_runs(paragraph)).strip()


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (FALLBACK, f"{W}txbxContent", f"{W}del", f"{W}moveFrom", f"{W}pPr") or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            yield " "
        elif tag != f"{W}r" or child.find(f"{W}rPr/{W}vanish") is None:
            yield from _runs(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes, not their second copy for old readers, nor boxes inside of boxes, which come with theirs."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = list(box.iterancestors())
        inside = above[: above.index(paragraph)]
        if not any(ancestor.tag in (FALLBACK, f"{W}txbxContent") for ancestor in inside):
            yield box


def _notes(part: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for relation in part.rels.values():
        for kind, label in NOTES:
            if relation.is_external or not relation.reltype.endswith(f"/{kind}"):
                continue
            tree = etree.fromstring(relation.target_part.blob, _PARSER)
            for note in tree.iter(f"{W}footnote", f"{W}endnote"):
                said = " ".join(filter(None, map(_text, note.iter(f"{W}p"))))
                if said:
                    found[f"{kind}:{note.get(f'{W}id')}"] = label + said
    return found


def _around(document: Any) -> list[str]:
    """What stands in headers and footers, each saying once; page numbers alone say nothing."""
    said: dict[str, None] = {}
    for section in document.sections:
        for edge in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if edge.is_linked_to_previous:
                continue
            for paragraph in edge._element.iter(f"{W}p"):
                words = _text(paragraph)
                if any(char.isalpha() for char in words):
                    said[words] = None
    return list(said)
