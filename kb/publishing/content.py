"""The content of a release: what of a page readers see, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

from kb.pages.block_ids import stream_names

OWN_BUT_NOT_CONTENT = {"pk", "page_ptr", "own_audience", "page_key", "blocks_of", "change_note", "significance"}


@cache
def not_content() -> frozenset[str]:
    """Fields of the base page that say where and when it stands, not what it says; and ours that are no content."""
    return frozenset({field.name for field in Page._meta.get_fields()} - {"title"} | OWN_BUT_NOT_CONTENT)


def page_content(page: Page) -> dict[str, Any]:
    """The page's serialised content as it stands in memory, without its place in the tree; JSON-able.

    Streams are lists, not text: PostgreSQL gives their keys back in an order of its own.
    """
    data = page.serializable_data()
    for name in stream_names(page):
        data[name] = json.loads(data[name])
    kept = {name: value for name, value in data.items() if name not in not_content() and not name.startswith("wagtail")}
    return json.loads(json.dumps(kept, cls=DjangoJSONEncoder))


def page_data(model: type[Page], content: dict[str, Any]) -> dict[str, Any]:
    """A release's content in the form from which modelcluster makes an instance."""
    names = stream_names(model)
    return {"pk": None} | {name: json.dumps(value) if name in names else value for name, value in content.items()}


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of the content in canonical form, in hex."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def page_text(page: Any) -> str:
    """The page's words in reading order, a line a place, with its title first."""
    places = page.places() if hasattr(page, "places") else page.search_passages()
    return "\n".join([page.title, *(place.text for place in places if place.text)])
