"""Block ids: kept across edits, new on a copy.

Wagtail copies a page's streams with their ids, and old revisions with them. So a page notes whose ids its blocks carry
(`blocks_of`); where that is not itself, every id is replaced by one computed from the page's key and the old id, which
gives the same new id in the row and in every copied revision.
"""

from __future__ import annotations

import uuid
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page


def stream_names(page: Page | type[Page]) -> list[str]:
    """Names of the stream fields of a page or kind of page."""
    return [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]


def renewed(data: Any, owner: uuid.UUID) -> Any:
    """The prepared value of a stream with every block's id replaced."""
    if isinstance(data, list):
        return [renewed(item, owner) for item in data]
    if not isinstance(data, dict):
        return data
    result = {name: renewed(value, owner) for name, value in data.items()}
    if isinstance(data.get("id"), str) and "type" in data and "value" in data:
        result["id"] = str(uuid.uuid5(owner, data["id"]))
    return result


def own_blocks(page: Any) -> None:
    """Gives the page's blocks ids of its own where they still carry those of the page it was copied from."""
    if page.blocks_of == page.page_key:
        return
    if page.blocks_of is not None:
        for name in stream_names(page):
            field = page._meta.get_field(name)
            prepared = field.stream_block.get_prep_value(getattr(page, name))
            setattr(page, name, field.to_python(renewed(prepared, page.page_key)))
    page.blocks_of = page.page_key
