"""Related pieces: those that the author names, those that name this page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from people.audience import visible_pages
from people.models import User

MOST = 6


def related_pages(page: Any, named: Sequence[int], naming: Sequence[int], reader: User | AnonymousUser) -> list[Page]:
    """At most six pages that this reader may see, the author's choice first, then those that name this page."""
    ids = [pk for pk in [*named, *naming] if pk != page.pk]
    if not ids:
        return []
    found = visible_pages(Page.objects.filter(pk__in=ids), reader).select_related("content_type").in_bulk()
    kept = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
    return kept[:MOST]
