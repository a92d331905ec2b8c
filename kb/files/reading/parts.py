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
        row.locator = row.locator[:40]
        rows.setdefault(row.locator, row)
    return list(rows.values())


def parts_replace(*, file: File, rows: list[FilePart]) -> None:
    """In the caller's transaction."""
    FilePart.objects.filter(file=file).delete()
    FilePart.objects.bulk_create(rows, batch_size=BATCH)
