"""The content of a release: what of a page readers see, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField
from wagtail.models import Page

# Fields of the base page that say where and when it stands, not what it says; and fields of our own that are no content.
NOT_CONTENT = frozenset(field.name for field in Page._meta.get_fields()) - {"title"} | {
    "pk",
    "page_ptr",
    "own_audience",
    "page_key",
    "blocks_of",
    "change_note",
    "significance",
}


def page_content(page: Page) -> dict[str, Any]:
    """The page's serialised content as it stands in memory, without its place in the tree; JSON-able."""
    data = page.serializable_data()
    kept = {name: value for name, value in data.items() if name not in NOT_CONTENT and not name.startswith("wagtail")}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and isinstance(kept.get(field.name), str):
            # A stream is serialised as text, and PostgreSQL gives its keys back in another order than they were written.
            kept[field.name] = json.dumps(json.loads(kept[field.name]), sort_keys=True, ensure_ascii=False)
    return json.loads(json.dumps(kept, cls=DjangoJSONEncoder))


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of the content in canonical form, in hex.

    A stream is serialised as a string of JSON, in which PostgreSQL keeps another order of keys than SQLite.
    """
    opened = {name: _opened(value) for name, value in content.items()}
    canonical = json.dumps(opened, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _opened(value: Any) -> Any:
    """What a string of JSON says, where it is a list; else the value itself."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def page_text(page: Any) -> str:
    """The page's words in reading order, a line a place, with its title first."""
    places = page.places() if hasattr(page, "places") else page.search_passages()
    return "\n".join([page.title, *(place.text for place in places if place.text)])
