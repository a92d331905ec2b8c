"""PDF by PDFium: the text of each page, its lines with their boxes, and whether the page is a picture of text."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kb.files.reading.child.out import Part, Stop, Writer

MOST_PAGES = 2_000
# A page with fewer characters than this, and a picture over a fifth of it, is taken for a scan.
FEW_CHARACTERS = 12
SCAN_AREA = 0.2
# Nobody types 300 outlines: letters turned into curves.
MANY_OUTLINES = 300
# A line that ends before this share of the page's widest line ends its paragraph.
FULL_LINE = 0.86
# Narrower than this share of the page is a cell or a caption; farther apart than this, in heights, is another block.
NARROW = 0.3
LINE_GAP = 1.1
# Heads and feet stand in this share of the page at its edges; fewer pages than this have none worth the trouble.
EDGE = 0.09
FEWEST_PAGES = 4
SAMPLED_PAGES = 20
GRID = 100_000
MOST_RUNS = 64
_FIGURES = re.compile(r"[0-9]+")
Box = tuple[float, float, float, float]


def pdf_open(source: Path) -> pdfium.PdfDocument:
    """Raises Stop: `encrypted` or `broken`."""
    try:
        return pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        code = pdfium_c.FPDF_GetLastError()
        # PdfiumError carries the code where the library knows it.
        asked = getattr(error, "err_code", code)
        raise Stop("encrypted" if asked == pdfium_c.FPDF_ERR_PASSWORD else "broken") from error


def pdf_read(source: Path, writer: Writer) -> None:
    """One part a page; a page that cannot be opened is left empty, the others are read."""
    document = pdf_open(source)
    if len(document) == 0:
        raise Stop("empty")
    running = running_lines(document)
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        writer.add(page_part(document, number, running))
    if len(document) > MOST_PAGES:
        raise Stop("too_many_pages")


def running_lines(document: pdfium.PdfDocument) -> frozenset[str]:
    """Heads and feet that pages repeat, but for the page's number: said on every page, they would be found on every page."""
    count = len(document)
    if count < FEWEST_PAGES:
        return frozenset()
    numbers = range(1, count + 1, max(count // SAMPLED_PAGES, 1))
    seen: Counter[str] = Counter()
    for number in numbers:
        lines = page_part(document, number).layout
        seen.update({_without_page(line[0], number, count) for line in lines if _is_edge(line)} - {""})
    return frozenset(words for words, times in seen.items() if times * 2 >= len(numbers))


def _is_edge(line: list[Any]) -> bool:
    return bool(line[4] <= EDGE or line[2] >= 1 - EDGE)


def _is_running(line: list[Any], number: int, count: int, running: frozenset[str]) -> bool:
    return _is_edge(line) and _without_page(line[0], number, count) in running


def _without_page(words: str, number: int, count: int) -> str:
    """The words without the page's number and the number of pages; other figures (a form's number) tell pages apart."""
    near = {str(known) for known in (number - 1, number, number + 1, count)}
    return "".join(_FIGURES.sub(lambda found: "" if found.group() in near else found.group(), words).split())


def page_part(document: pdfium.PdfDocument, number: int, running: frozenset[str] = frozenset()) -> Part:
    """The page's words and lines; the `running` ones among them are shown, not said, but on the first page."""
    try:
        page = document[number - 1]
        words = page.get_textpage()
    except pdfium.PdfiumError:
        return Part("page", number)
    lines, cells = [], []
    for line, cut in _lines(page, words):
        cells += cut
        said = [cell for cell in cut if number == 1 or not _is_running(cell, number, len(document), running)]
        # A line of bullets and rules says nothing.
        said = [cell for cell in said if any(char.isalnum() for char in cell[0])]
        lines += [line] if len(said) == len(cut) else said
    text = text_joined(lines)
    readable = _is_readable(text)
    bare = sum(not char.isspace() for char in text)
    scanned = (bare < FEW_CHARACTERS or not readable) and _is_drawn(page)
    part = Part("page", number, text=text if readable else "", layout=cells if readable else [], needs_ocr=scanned)
    words.close()
    page.close()
    return part


def _lines(page: pdfium.PdfPage, words: pdfium.PdfTextPage) -> Iterator[tuple[list[Any], list[list[Any]]]]:
    """Each line as `[words, x0, y0, x1, y1]`, and the same cut where it leaps from one column or cell to the next."""
    text = words.get_text_range()
    start = 0
    for raw in text.split("\n"):
        shown = raw.strip("\r ").replace("\ufffe", "")
        if shown:
            boxes = _boxes(page, words, start, len(raw.rstrip("\r")))
            line = [shown, *_around(boxes)]
            leaps = any(_leaps(before, box) for before, box in pairwise(boxes))
            yield line, list(_cells(page, words, start, raw)) if leaps else [line]
        start += len(raw) + 1


def _boxes(page: pdfium.PdfPage, words: pdfium.PdfTextPage, start: int, count: int) -> list[Box]:
    """Boxes of the runs of a line as fractions of the page as it is shown (turned, cropped), from its top left."""
    rects = words.count_rects(start, count)
    return [_shown_box(page, words.get_rect(index)) for index in range(min(rects, MOST_RUNS))]


def _cells(page: pdfium.PdfPage, words: pdfium.PdfTextPage, start: int, raw: str) -> Iterator[list[Any]]:
    said, boxes = "", []
    for index, char in enumerate(raw.rstrip("\r")):
        if char.isspace():
            said += " "
            continue
        box = _shown_box(page, words.get_charbox(start + index))
        if boxes and _leaps(boxes[-1], box):
            yield [" ".join(said.split()), *_around(boxes)]
            said, boxes = "", []
        said += char.replace("\ufffe", "")
        boxes.append(box)
    if boxes:
        yield [" ".join(said.split()), *_around(boxes)]


def _leaps(before: Box, box: Box) -> bool:
    """A gap wider than one and a half letters is no blank between words."""
    return box[0] - before[2] > 1.5 * max(before[3] - before[1], box[3] - box[1]) or box[2] < before[0]


def _around(boxes: list[Box]) -> list[float]:
    if not boxes:
        return [0.0, 0.0, 0.0, 0.0]
    edges = (min(box[0] for box in boxes), min(box[1] for box in boxes),
             max(box[2] for box in boxes), max(box[3] for box in boxes))  # fmt: skip
    return [round(min(max(edge, 0.0), 1.0), 4) for edge in edges]


def _shown_box(page: pdfium.PdfPage, rect: Box) -> Box:
    left, bottom, right, top = rect
    (x0, y0), (x1, y1) = _shown(page, left, bottom), _shown(page, right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, across, down)
    return across.value / GRID, down.value / GRID


def text_joined(lines: list[list[Any]]) -> str:
    """Lines of a paragraph as one: a Chinese word that the margin cut in two can be found."""
    right = max((line[3] for line in lines), default=0.0)
    text = ""
    before: list[Any] | None = None
    for line in lines:
        said = str(line[0])
        if before is None:
            text = said
        elif _goes_on(before, line, right):
            text += said if _is_wide(text[-1]) and _is_wide(said[0]) else f" {said}"
        else:
            text += f"\n{said}"
        before = line
    return text


def _goes_on(before: list[Any], line: list[Any], right: float) -> bool:
    """Whether a line was ended by the margin alone: it is full, and the next follows it closely in the same size."""
    height, next_height = before[4] - before[2], line[4] - line[2]
    full = before[3] >= right * FULL_LINE and before[3] - before[1] >= NARROW
    close = -height < line[2] - before[4] <= height * LINE_GAP
    alike = 0.7 <= next_height / height <= 1.4 if height > 0 else False
    return full and close and alike and not before[0].endswith(("。", "！", "？", "：", "；", ":", ";"))


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _is_readable(text: str) -> bool:
    """False where the fonts do not say what their shapes mean: private characters and holes instead of words."""
    bare = [char for char in text if not char.isspace()]
    bad = sum(unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") or char == "\ufffd" for char in bare)
    return bad * 3 <= len(bare)


def _is_drawn(page: pdfium.PdfPage) -> bool:
    """Whether the page shows something that may be words: a large picture or many outlines."""
    width, height = page.get_size()
    area, outlines = 0.0, 0
    for thing in page.get_objects(max_depth=3):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            area += abs(right - left) * abs(top - bottom)
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            outlines += 1
        if area >= SCAN_AREA * width * height or outlines > MANY_OUTLINES:
            return True
    return False
