"""Related pieces: those that the author names, those that name this page, and those about the same things."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, ReferenceIndex

from people.audience import visible_pages
from people.models import User

MOST = 6


def related_pages(page: Any, named: list[int], reader: User | AnonymousUser) -> list[Page]:
    """At most six pages that this reader may see, the author's choice first, then those that name this page."""
    ids = [pk for pk in [*named, *_naming(page)] if pk != page.pk]
    if not ids:
        return []
    found = visible_pages(Page.objects.filter(pk__in=ids), reader).select_related("content_type").in_bulk()
    kept = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    return kept[:MOST]


def _naming(page: Any) -> list[int]:
    if not page.pk:
        return []
    rows = ReferenceIndex.get_references_to(page).filter(model_path__startswith="related")
    return [int(pk) for pk in rows.order_by("object_id").values_list("object_id", flat=True).distinct()]
