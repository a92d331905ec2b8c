"""A release as HTML: drawn once for each language, kept in the cache, drawn again where one of its pictures changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.images import get_image_model

from kb.publishing.content import page_data
from kb.publishing.models import Release
from studios.pictures import pictures_in

KEEP_S = 24 * 3600
# Raised when a body template changes what it shows.
DRAWN_AS = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page of a release is put together from."""

    html: SafeString
    toc: SafeString
    toc_fold: SafeString
    files: list[dict[str, Any]]
    related: list[int]
    lead: str


def release_page(release: Release) -> Any:
    """The page as it was at the release: an instance in memory, without a place in the tree."""
    model = release.page_type.model_class()
    page = model.from_serializable_data(page_data(model, release.content), check_fks=False)
    page.page_key = release.page_key
    page.drawn_for = release
    return page


def render_release(release: Release) -> SafeString:
    """The body of a release in the reader's language."""
    return drawn(release).html


def drawn(release: Release) -> Drawn:
    """The parts of a release's page, from the cache where they still hold.

    The key names all that the parts are made of but the pictures, whose files and descriptions may be changed later:
    these are compared (one query, none without pictures).
    """
    key = f"kb:release:{DRAWN_AS}:{release.pk}:{release.sha256[:12]}:{get_language()}"
    kept = cache.get(key)
    if kept is not None and kept["pictures"] == picture_states(kept["pictures"]):
        html, toc, toc_fold = (mark_safe(text) for text in kept["html"])  # noqa: S308 - drawn by our own templates
        return Drawn(html, toc, toc_fold, *kept["parts"])
    page = release_page(release)
    parts = draw(page)
    pictures = picture_states(pictures_in(page))
    html = tuple(str(text) for text in (parts.html, parts.toc, parts.toc_fold))
    rest = (parts.files, parts.related, parts.lead)
    cache.set(key, {"html": html, "parts": rest, "pictures": pictures}, KEEP_S)
    return parts


def draw(page: Any) -> Drawn:
    """Draws a page as it stands in memory: a release's or, for a preview, a draft."""
    html = render_to_string(page.body_template, {"page": page})
    items = {"items": [{**item, "label": str(item["label"])} for item in page.contents()]}
    toc = render_to_string("components/toc.html", items) if items["items"] else SafeString()
    toc_fold = render_to_string("components/toc_fold.html", items) if items["items"] else SafeString()
    related = [block.value.pk for block in page.related if block.value is not None]
    return Drawn(html, toc, toc_fold, attachments(page), related, page.lead)


def attachments(page: Any) -> list[dict[str, Any]]:
    """Ids and words of what hangs on the page; whether a reader may have a file is asked when it is shown."""
    found = []
    for block in page.attachments:
        value = block.value
        if block.block_type == "file" and value["file"] is not None:
            found.append({"file": value["file"].pk, "note": value["note"]})
        elif block.block_type == "video" and value["video"] is not None:
            poster = value["poster"].get_rendition("width-960").url if value["poster"] else ""
            subtitles = value["subtitles"].pk if value["subtitles"] else None
            found.append({"video": value["video"].pk, "note": value["title"], "subtitles": subtitles, "poster": poster})
    return found


def picture_states(ids: Any) -> dict[int, str]:
    """What of each picture is drawn: its file and its description."""
    if not ids:
        return {}
    rows = get_image_model().objects.filter(pk__in=list(ids)).values_list("pk", "file", "file_hash", "description")
    return {pk: "\n".join([file, digest, words]) for pk, file, digest, words in rows}
