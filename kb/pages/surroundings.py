"""What stands around the text of a page for every reader alike: its studio, its master, what else names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import ReferenceIndex

from studios.models import Leader, Studio
from studios.selectors import leaders_of

# A new leader or a new reference shows within a minute; what a reader may see is asked each time.
KEEP_S = 60


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`named_by`: ids of the pages that name this one."""

    studio_name: str
    studio_url: str
    leader: SafeString
    named_by: tuple[int, ...]


def surroundings(page: Any, *, is_kept: bool) -> Surroundings:
    """The page's surroundings; with `is_kept` from the cache for a minute (a preview is always fresh)."""
    key = f"kb:around:{page.pk}:{get_language()}"
    kept = cache.get(key) if is_kept else None
    if kept is None:
        kept = _asked(page)
        if is_kept:
            cache.set(key, kept, KEEP_S)
    name, url, leader, named_by = kept
    return Surroundings(name, url, mark_safe(leader), named_by)  # noqa: S308 - drawn by our own template


def _asked(page: Any) -> tuple[str, str, str, tuple[int, ...]]:
    studio: Studio = page.studio
    leader = master_of(page, studio)
    url = studio.page.get_url() or "" if hasattr(studio, "page") else ""
    words = {"name": studio.name, "url": url, "leader": leader, "lang": page.script}
    html = render_to_string("kb/leader.html", words) if leader is not None else ""
    return studio.name, url, str(html), tuple(_naming(page))


def master_of(page: Any, studio: Studio) -> Leader | None:
    """The leader to show beside the page: an author who leads the studio, else its first leader."""
    leaders = list(leaders_of(studio))
    authors: set[int] = {person.pk for person in page.authors.all()} if len(leaders) > 1 else set()
    return next((leader for leader in leaders if leader.person_id in authors), leaders[0] if leaders else None)


def _naming(page: Any) -> list[int]:
    if not page.pk:
        return []
    rows = ReferenceIndex.get_references_to(page).filter(model_path__startswith="related")
    return [int(pk) for pk in rows.order_by("object_id").values_list("object_id", flat=True).distinct()]
