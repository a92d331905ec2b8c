"""Pictures of pages: drawn by PDFium, stored as WebP in two widths, with the boxes of their lines."""

from __future__ import annotations

import ctypes
import json
import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from kb.files.reading.child.out import DRAWN, MOST_LINES, Stop, text_cleaned
from kb.files.reading.child.pdf import page_part, pdf_open

PAGE_WIDTH = 1240
THUMBNAIL_WIDTH = 320
# Memory is bounded whatever size a page says it has; WebP ends at 16,383.
LONGEST_SIDE = 12_000
MOST_PIXELS = 1240 * 1240 * 6
SCAN_DPI = 200
MOST_SCAN_PIXELS = 14_000_000
POINTS_PER_INCH = 72
# A file of so many pages or more is drawn by two processes.
SHARED_FROM = 12
PR_SET_PDEATHSIG = 1


def pictures_draw(
    source: Path, place: Path, *, most: int, texts: bool, scans: list[int] | None = None
) -> dict[str, Any]:
    """Writes `<n>.webp` and `<n>-s.webp` for the first `most` pages and a row about each in the files `DRAWN`.

    `texts`: with each page's words and lines, where they are not known yet (a PDF made of slides). `scans`: instead of
    that, those pages as grey PNG for the recognition of characters.
    """
    document = pdf_open(source)
    if scans is not None:
        for number in scans:
            _scan(document, number, place)
        return {"pages": len(document)}
    count = len(document)
    document.close()
    numbers = range(1, min(count, most) + 1)
    shares = [numbers[first :: len(DRAWN)] for first in range(len(DRAWN))] if len(numbers) >= SHARED_FROM else [numbers]
    drawn = _shares_draw(source, place, shares, texts=texts)
    if drawn == 0:
        raise Stop("broken")
    return {"pages": count, "drawn": drawn}


def _shares_draw(source: Path, place: Path, shares: Sequence[Sequence[int]], *, texts: bool) -> int:
    """Draws each share of the pages in a process of its own, the first in this one; gives how many were drawn.

    Pages of a process that fell are missing, and the caller says so.
    """
    sinks = [place / name for name in DRAWN]
    others = [
        _beside(partial(_draw, source, place, share, sink, texts=texts))
        for share, sink in zip(shares[1:], sinks[1:], strict=False)
    ]
    _draw(source, place, shares[0], sinks[0], texts=texts)
    for pid in others:
        os.waitpid(pid, 0)
    return sum(sink.read_bytes().count(b"\n") for sink in sinks if sink.is_file())


def _beside(work: Callable[[], None]) -> int:
    """A process under the very limits of this one that does the work and goes with it; its id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        work()
        code = 0
    finally:
        os._exit(code)


def _draw(source: Path, place: Path, numbers: Sequence[int], told: Path, *, texts: bool) -> None:
    # Opened here: two processes must not read by one file's position.
    document = pdf_open(source)
    with told.open("w", encoding="utf-8", errors="replace") as sink:
        for number in numbers:
            try:
                about = _page(document, number, place, texts=texts)
            except (pdfium.PdfiumError, ValueError, OSError):
                continue  # this page has no picture; the others may
            sink.write(json.dumps(about, ensure_ascii=False) + "\n")
            sink.flush()


def _page(document: pdfium.PdfDocument, number: int, place: Path, *, texts: bool) -> dict[str, Any]:
    page = document[number - 1]
    width, height = page.get_size()
    # A strip many times longer than wide is drawn narrower, by its area and by what WebP can hold.
    scale = min(
        PAGE_WIDTH / max(width, 1), (MOST_PIXELS / max(width * height, 1)) ** 0.5, LONGEST_SIDE / max(height, 1)
    )
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    picture.save(place / f"{number}.webp", "WEBP", quality=70, method=1)
    _thumbnail(picture).save(place / f"{number}-s.webp", "WEBP", quality=65, method=1)
    page.close()
    about: dict[str, Any] = {"number": number, "width": picture.width, "height": picture.height}
    if texts:
        part = page_part(document, number)
        about |= {"text": text_cleaned(part.text), "layout": part.layout[:MOST_LINES], "needs_ocr": part.needs_ocr}
    return about


def _thumbnail(picture: Image.Image) -> Image.Image:
    """Averaged by whole pixels first, which costs a quarter of drawing it small in one step."""
    scale = min(THUMBNAIL_WIDTH / picture.width, THUMBNAIL_WIDTH * 4 / picture.height, 1)
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    return picture.reduce(max(int(1 / scale), 1)).resize(size, Image.Resampling.BILINEAR)


def _scan(document: pdfium.PdfDocument, number: int, place: Path) -> None:
    page = document[number - 1]
    width, height = page.get_size()
    scale = SCAN_DPI / POINTS_PER_INCH
    if width * height * scale * scale > MOST_SCAN_PIXELS:
        scale = (MOST_SCAN_PIXELS / (width * height)) ** 0.5
    picture = page.render(scale=scale, may_draw_forms=False, grayscale=True).to_pil().convert("L")
    picture.save(place / f"scan-{number}.png", compress_level=1)
    page.close()
