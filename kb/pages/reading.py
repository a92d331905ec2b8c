"""What a reader of a knowledge page is shown: its newest release, or an older one with a word of warning."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import segno
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from kb.files.selectors import files_for, film_opened
from kb.pages import learn_links
from kb.pages.related import related_pages
from kb.pages.surroundings import surroundings
from kb.publishing.models import Release
from kb.publishing.rendering import Drawn, draw, drawn
from kb.publishing.selectors import latest_release, releases_of
from people.audience.pages import page_clauses
from people.audience.words import clause_in_words
from people.requests import PersonRequest
from people.script.parts import written

TEMPLATE = "kb/page.html"


def page_serve(page: Any, request: PersonRequest) -> HttpResponse:
    """The page for a reader whom the door has let in. `?release=N` shows an older release."""
    newest = latest_release(page.page_key)
    if newest is None:
        raise Http404
    shown = _asked(page, newest, request.GET.get("release"))
    context = {**_frame(page, request, drawn(shown)), "release": shown, "newest": newest}
    context["learn_links"] = learn_links.links_for(page.page_key, request.user)
    context["qr"] = qr_code(request.build_absolute_uri(page.get_url(request)))
    context["history_url"] = reverse("kb:history", args=[page.page_key])
    response = TemplateResponse(request, TEMPLATE, context)
    response["Cache-Control"] = "private, no-cache"
    return response


def preview_serve(page: Any, request: PersonRequest) -> HttpResponse:
    """A draft as readers would see it, with who they would be."""
    context = {**_frame(page, request, draw(page), is_preview=True), "audience_words": audience_words(page)}
    return TemplateResponse(request, TEMPLATE, context)


def audience_words(page: Page) -> str:
    """Who will see the page, in words: its own choice and every restriction above it."""
    clauses = page_clauses(page) if page.pk else _parent_clauses(page)
    if clauses is None:
        return _("没有人（上级页面设了共用密码）")
    if not clauses:
        return _("所有人")
    return _("，并且是：").join(clause_in_words(clause) for clause in clauses)


def _parent_clauses(page: Any) -> Any:
    return page.own_clauses()


def _asked(page: Any, newest: Release, number: str | None) -> Release:
    if number is None or number == str(newest.number):
        return newest
    found = releases_of(page.page_key).filter(number=number).first() if number.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _frame(page: Any, request: PersonRequest, parts: Drawn, *, is_preview: bool = False) -> dict[str, Any]:
    around = surroundings(page, is_kept=not is_preview)
    return {
        "page": page,
        "parts": parts,
        "around": around,
        "files": _files(parts, request),
        "related": related_pages(page, parts.related, around.named_by, request.user),
        "crumbs": [
            (written(around.studio_name, page.script), around.studio_url),
            (page._meta.verbose_name_plural, list_address(page)),
        ],
        "is_preview": is_preview,
    }


def _files(parts: Drawn, request: PersonRequest) -> dict[str, list[dict[str, Any]]]:
    given = files_for(request.user, parts.files)
    film_opened(given["videos"], request.GET.get("at", ""), request.GET.get("t", ""))
    return given


def list_address(page: Any) -> str:
    """The list of all pages of the same kind."""
    return reverse("kb:list", args=[page.list_name])


def qr_code(address: str) -> SafeString:
    """The address as a QR code for the printed page, as inline SVG."""
    key = f"kb:qr:{sha256(address.encode()).hexdigest()}"
    svg = cache.get(key)
    if svg is None:
        svg = segno.make(address, error="m").svg_inline(scale=3, border=2, svgclass="qr", lineclass=None)
        cache.set(key, svg, 24 * 3600)
    return mark_safe(svg)  # noqa: S308 - made by the QR library from an address of ours
