"""What the public pages of studios show."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from wagtail.models import Page

from people.audience import visible_pages
from people.requests import PersonRequest
from studios import access, selectors
from studios.models import Studio, StudioIndexPage, StudioPage

PER_KIND = 6
PER_PAGE = 24


def published_by_kind(page: StudioPage, request: PersonRequest) -> list[dict[str, Any]]:
    """What the studio has published and the reader may see, by kind of page, newest first.

    Knows no content app: a kind is a page type with its own name. Gives name, total and the newest pages.
    """
    rows = visible_pages(Page.objects.child_of(page), request.user).order_by("-first_published_at", "-pk")
    found: dict[int, list[int]] = {}
    for pk, kind in rows.values_list("pk", "content_type_id"):
        found.setdefault(kind, []).append(pk)
    shown = Page.objects.in_bulk([pk for pks in found.values() for pk in pks[:PER_KIND]])
    groups = []
    for kind, pks in found.items():
        content_type = ContentType.objects.get_for_id(kind)
        groups.append(
            {
                "name": content_type.model_class()._meta.verbose_name_plural,
                "code": content_type.model,
                "total": len(pks),
                "pages": [shown[pk] for pk in pks[:PER_KIND] if pk in shown],
            }
        )
    return sorted(groups, key=lambda group: -group["total"])


def studio_context(page: StudioPage, request: PersonRequest) -> dict[str, Any]:
    """Context of a studio's page."""
    studio = Studio.objects.select_related("unit", "plaque_photo").get(pk=page.studio_id)
    groups = published_by_kind(page, request)
    signed_in = request.user.is_authenticated
    return {
        "studio": studio,
        "types": studio.types.all(),
        "leaders": selectors.leaders_of(studio),
        "former_leaders": studio.leaders.filter(to_date__lt=selectors.today()).select_related("person"),
        "members": selectors.members_of(studio),
        "honours": studio.honours.all(),
        "equipment": studio.equipment_lines.select_related("equipment"),
        "groups": groups,
        "may_team": signed_in and access.keeps_team(request.user, studio),
    }


def index_context(page: StudioIndexPage, request: PersonRequest) -> dict[str, Any]:
    """Context of the index: studios the reader may see, with leaders, found by name or leader."""
    text = request.GET.get("q", "").strip()
    visible = visible_pages(StudioPage.objects.child_of(page), request.user)
    rows = selectors.studios_listed(text=text).filter(page__in=visible)
    return {"studios": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "asked": text}
