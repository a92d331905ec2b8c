"""Parts as rows: put in place of the old ones in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kb.files.models import File
from kb.files.reading.child.out import LONGEST_TITLE, MOST_LINES, MOST_PART_CHARACTERS, text_cleaned
from kb.files.reading.models import FilePart, PartKind

BATCH = 200
MOST_NUMBER = 2**31 - 1


def parts_made(file_id: int, found: Iterable[dict[str, Any]]) -> list[FilePart]:
    """Rows for what a child wrote; what is no part, or names a place twice, is left out.

    The child read a stranger's file and may have been taken over: no value of it reaches the database unjudged.
    """
    rows: dict[str, FilePart] = {}
    for ordinal, part in enumerate(found, 1):
        values = {name: judge(part.get(name)) for name, judge in JUDGES.items()}
        if values["kind"] not in PartKind.values or not values["locator"] or values["number"] is None:
            continue
        row = FilePart(file_id=file_id, ordinal=ordinal, is_ocr=bool(part.get("is_ocr")), **values)
        rows.setdefault(row.locator, row)
    return list(rows.values())


def _words(most: int) -> Callable[[Any], str]:
    return lambda value: text_cleaned(value)[:most] if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= MOST_NUMBER else None


def _lines(value: Any) -> list[list[Any]]:
    """Lines of a layout: words and four figures, words and two moments, or a cell's name and value."""
    if not isinstance(value, list):
        return []
    kept = []
    for line in value[:MOST_LINES]:
        if isinstance(line, list) and len(line) == 2 and all(isinstance(said, str) for said in line):
            kept.append([text_cleaned(said)[:MOST_PART_CHARACTERS] for said in line])
        elif isinstance(line, list) and len(line) in (3, 5) and isinstance(line[0], str):
            figures = [figure for figure in line[1:] if type(figure) in (int, float) and 0 <= figure <= MOST_NUMBER]
            if len(figures) == len(line) - 1:
                kept.append([text_cleaned(line[0]), *figures])
    return kept


JUDGES: dict[str, Callable[[Any], Any]] = {
    "kind": _words(8),
    "locator": _words(40),
    "number": _whole,
    "sheet": _words(120),
    "page": _whole,
    "title": _words(LONGEST_TITLE),
    "text": _words(MOST_PART_CHARACTERS),
    "start_ms": _whole,
    "end_ms": _whole,
    "layout": _lines,
}


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
            row.width, row.height = _whole(about.get("width")), _whole(about.get("height"))
            row.layout = row.layout or _lines(about.get("layout"))


def _page(file_id: int, ordinal: int, about: dict[str, Any]) -> FilePart:
    row = FilePart(
        file_id=file_id, ordinal=ordinal, kind=PartKind.PAGE, number=about["number"], locator=f"page:{about['number']}",
        text=_words(MOST_PART_CHARACTERS)(about.get("text")), is_searched=False,
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
