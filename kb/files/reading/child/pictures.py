"""Pictures of pages: drawn by PDFium, stored as WebP in two widths, with the boxes of their lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from kb.files.reading.child.out import MOST_LINES, Stop, text_cleaned
from kb.files.reading.child.pdf import page_part, pdf_open

PAGE_WIDTH = 1240
THUMBNAIL_WIDTH = 320
# Memory is bounded whatever size a page says it has; WebP ends at 16,383.
LONGEST_SIDE = 12_000
MOST_PIXELS = 1240 * 1240 * 6
SCAN_DPI = 200
MOST_SCAN_PIXELS = 14_000_000
POINTS_PER_INCH = 72


def pictures_draw(
    source: Path, place: Path, *, most: int, texts: bool, scans: list[int] | None = None
) -> dict[str, Any]:
    """Writes `<n>.webp` and `<n>-s.webp` for the first `most` pages and `pictures.jsonl` about them.

    `texts`: with each page's words and lines, where they are not known yet (a PDF made of slides). `scans`: instead of
    that, those pages as grey PNG for the recognition of characters.
    """
    document = pdf_open(source)
    if scans is not None:
        for number in scans:
            _scan(document, number, place)
        return {"pages": len(document)}
    drawn = 0
    with (place / "pictures.jsonl").open("w", encoding="utf-8", errors="replace") as sink:
        for number in range(1, min(len(document), most) + 1):
            try:
                about = _page(document, number, place, texts=texts)
            except (pdfium.PdfiumError, ValueError, OSError):
                continue  # this page has no picture; the others may
            sink.write(json.dumps(about, ensure_ascii=False) + "\n")
            drawn += 1
    if drawn == 0:
        raise Stop("broken")
    return {"pages": len(document), "drawn": drawn}


def _page(document: pdfium.PdfDocument, number: int, place: Path, *, texts: bool) -> dict[str, Any]:
    page = document[number - 1]
    width, height = page.get_size()
    # A strip many times longer than wide is drawn narrower, by its area and by what WebP can hold.
    scale = min(
        PAGE_WIDTH / max(width, 1), (MOST_PIXELS / max(width * height, 1)) ** 0.5, LONGEST_SIDE / max(height, 1)
    )
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    picture.save(place / f"{number}.webp", "WEBP", quality=70, method=1)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_WIDTH, THUMBNAIL_WIDTH * 4), Image.Resampling.BILINEAR, reducing_gap=2.0)
    small.save(place / f"{number}-s.webp", "WEBP", quality=65, method=1)
    page.close()
    about: dict[str, Any] = {"number": number, "width": picture.width, "height": picture.height}
    if texts:
        part = page_part(document, number)
        about |= {"text": text_cleaned(part.text), "layout": part.layout[:MOST_LINES], "needs_ocr": part.needs_ocr}
    return about


def _scan(document: pdfium.PdfDocument, number: int, place: Path) -> None:
    page = document[number - 1]
    width, height = page.get_size()
    scale = SCAN_DPI / POINTS_PER_INCH
    if width * height * scale * scale > MOST_SCAN_PIXELS:
        scale = (MOST_SCAN_PIXELS / (width * height)) ** 0.5
    picture = page.render(scale=scale, may_draw_forms=False, grayscale=True).to_pil().convert("L")
    picture.save(place / f"scan-{number}.png", compress_level=1)
    page.close()
