"""Parts as rows: put in place of the old ones in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kb.files.models import File
from kb.files.reading.models import FilePart, PartKind

BATCH = 200
KEPT = ("kind", "locator", "number", "sheet", "page", "title", "text", "start_ms", "end_ms", "layout")


def parts_made(file_id: int, found: Iterable[dict[str, Any]]) -> list[FilePart]:
    """Rows for what a child wrote; what is no part, or names a place twice, is left out."""
    rows: dict[str, FilePart] = {}
    for ordinal, part in enumerate(found, 1):
        values = {name: part.get(name) for name in KEPT}
        if values["kind"] not in PartKind.values or not isinstance(values["text"], str):
            continue
        row = FilePart(file_id=file_id, ordinal=ordinal, **values)
        row.locator, row.is_ocr = row.locator[:40], bool(part.get("is_ocr"))
        rows.setdefault(row.locator, row)
    return list(rows.values())


def pictures_join(file_id: int, rows: list[FilePart], drawn: dict[int, dict[str, Any]], count: int) -> list[FilePart]:
    """Gives the rows their pictures: a page or slide the one of its number; to sections pages are added behind them."""
    kinds = {row.kind for row in rows}
    if PartKind.SLIDE in kinds:
        # A converter that leaves hidden slides out numbers otherwise than the file does: no picture beats a wrong one.
        if count == len(rows):
            _pictured(rows, drawn)
    elif PartKind.PAGE in kinds:
        _pictured(rows, drawn)
    elif drawn:
        pages = [_page(file_id, len(rows) + index, drawn[number]) for index, number in enumerate(sorted(drawn), 1)]
        _sections_placed(rows, pages)
        return [*rows, *pages]
    return rows


def _pictured(rows: list[FilePart], drawn: dict[int, dict[str, Any]]) -> None:
    for row in rows:
        about = drawn.get(row.number)
        if about:
            row.picture, row.thumbnail = about["picture"], about["thumbnail"]
            row.width, row.height = about["width"], about["height"]
            row.layout = row.layout or about.get("layout") or []


def _page(file_id: int, ordinal: int, about: dict[str, Any]) -> FilePart:
    row = FilePart(
        file_id=file_id, ordinal=ordinal, kind=PartKind.PAGE, number=about["number"], locator=f"page:{about['number']}",
        text=about.get("text", ""), is_searched=False,
    )  # fmt: skip
    _pictured([row], {about["number"]: about})
    return row


def _sections_placed(sections: list[FilePart], pages: list[FilePart]) -> None:
    """On which page a section begins: where its first words stand, never before the section above it."""
    said = ["".join(page.text.split()) for page in pages]
    at = 0
    for row in sections:
        words = "".join(row.text.split())
        for wanted in (words[:40], words[:12]):
            found = next((index for index in range(at, len(said)) if wanted and wanted in said[index]), None)
            if found is not None:
                at = found
                break
        row.page = pages[at].number


def parts_replace(*, file: File, rows: list[FilePart]) -> None:
    """In the caller's transaction."""
    FilePart.objects.filter(file=file).delete()
    FilePart.objects.bulk_create(rows, batch_size=BATCH)
