"""Slides: title, text boxes, groups, tables, charts, diagrams and the speaker's notes, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError

from kb.files.reading.child.out import Part, Stop, Writer

DEEPEST_GROUP = 12
RUNNING = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER}
NOTES = "备注："
# Shapes whose tops lie within this of each other stand side by side (EMU; 914,400 an inch).
BAND = 200_000
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM_IDS = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def slides_read(source: Path, writer: Writer) -> None:
    """One part a slide, hidden ones too: they go out with the file."""
    try:
        deck = Presentation(str(source))
    except (PackageNotFoundError, KeyError) as error:
        raise Stop("broken") from error
    for number, slide in enumerate(deck.slides, 1):
        title = slide.shapes.title
        heading = title.text_frame.text if title is not None and title.has_text_frame else ""
        lines = [heading, *_shapes(slide.shapes, slide.part, skip=title)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = slide.notes_slide.notes_text_frame.text.strip()
            if notes:
                lines.append(NOTES + notes)
        text = "\n".join(line for line in lines if line.strip())
        writer.add(Part("slide", number, text=text, title=heading.split("\n")[0]))
    if writer.count == 0:
        raise Stop("empty")


def _shapes(shapes: Iterable[Any], part: Any, *, skip: Any = None, depth: int = 0) -> Iterator[str]:
    if depth > DEEPEST_GROUP:
        return
    others = [shape for shape in shapes if (skip is None or shape.shape_id != skip.shape_id) and not _is_running(shape)]
    for shape in sorted(others, key=_place):
        yield from _shape(shape, part, depth)


def _is_running(shape: Any) -> bool:
    """Foot, date and number that every slide repeats."""
    return bool(shape.is_placeholder and shape.placeholder_format.type in RUNNING)


def _place(shape: Any) -> tuple[int, int]:
    top, left = shape.top, shape.left
    return (int(top or 0) // BAND, int(left or 0))


def _shape(shape: Any, part: Any, depth: int) -> Iterator[str]:
    if hasattr(shape, "shapes"):
        yield from _shapes(shape.shapes, part, depth=depth + 1)
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            cells = [cell.text_frame.text.replace("\n", " ").strip() for cell in row.cells if not cell.is_spanned]
            yield " | ".join(cell for cell in cells if cell)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame:
        yield shape.text_frame.text
    else:
        yield from _diagram(shape, part)


def _chart(chart: Any) -> Iterator[str]:
    if chart.has_title and chart.chart_title.has_text_frame:
        yield chart.chart_title.text_frame.text
    for plot in chart.plots:
        yield "、".join(str(name) for name in plot.categories if name)
        yield "、".join(series.name for series in plot.series if series.name)


def _diagram(shape: Any, part: Any) -> Iterator[str]:
    """A SmartArt keeps its words in a part of its own."""
    for ids in shape._element.iter(DIAGRAM_IDS):
        data = ids.get(f"{RELATIONS}dm")
        if data and data in part.rels:
            tree = etree.fromstring(part.related_part(data).blob, _PARSER)
            for paragraph in tree.iter(f"{DRAWING}p"):
                yield "".join(run.text or "" for run in paragraph.iter(f"{DRAWING}t"))
