"""Reads of the start page and the lists: what is new, whose trade, which studios. Every list is what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from kb.models import (
    CasePage,
    CoursewarePage,
    OperatingMethodPage,
    QuestionAnswerPage,
    Release,
    Tag,
    TextbookPage,
)
from people.audience import visible_pages
from people.models import Posting, Trade, User
from studios.models import Leader, Studio, StudioPage
from studios.selectors import open_on, today

Reader = User | AnonymousUser
KNOWLEDGE = (OperatingMethodPage, CasePage, TextbookPage, CoursewarePage, QuestionAnswerPage)


@dataclass(frozen=True)
class Card:
    """A page as a card: its kind in a word, title, address, a sentence, the studio, and its cover."""

    kind: str
    title: str
    url: str
    text: str
    meta: list[str] = field(default_factory=list)
    picture: Any = None
    lang: str = ""


def trade_of(user: Reader) -> Trade | None:
    """The trade of the person's posting today, or None."""
    if not user.is_authenticated:
        return None
    posting = (
        Posting.objects.filter(open_on(today()), person=user).select_related("trade").order_by("-from_date").first()
    )
    return posting.trade if posting else None


def newest(user: Reader, trade: Trade | None, limit: int) -> list[Page]:
    """The newest knowledge the reader may see, of one trade where given, all kinds together, by its newest release.

    Looks through the last releases, and through more only where too few of those are for this reader.
    """
    depth = 2 * limit
    while True:
        releases = list(Release.objects.order_by("-pk").values_list("page_key", "page_type_id", "released_at")[:depth])
        found = _visible_of(user, trade, releases)
        if len(found) >= limit or len(releases) < depth:
            return found[:limit]
        depth *= 8


def _visible_of(user: Reader, trade: Trade | None, releases: Iterable[tuple[UUID, int, dt.datetime]]) -> list[Page]:
    """Those of the released pages that the reader may see, with their newest `released_at`, newest first."""
    released: dict[UUID, dt.datetime] = {}
    kinds: dict[int, list[UUID]] = {}
    for key, kind, when in releases:
        if key not in released:
            released[key] = when
            kinds.setdefault(kind, []).append(key)
    pages: list[Page] = []
    for kind, keys in kinds.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model not in KNOWLEDGE:
            continue
        rows = visible_pages(model.objects.defer(*model.long_fields()).filter(page_key__in=keys), user)
        pages.extend(rows.filter(trades=trade) if trade is not None else rows)
    for page in pages:
        page.released_at = released[page.page_key]
    return sorted(pages, key=lambda page: (page.released_at, page.pk), reverse=True)


def studio_titles(pages: Iterable[Page]) -> dict[str, str]:
    """Titles of the studios above pages, by path, in one query."""
    paths = {page.path[: -Page.steplen] for page in pages}
    return dict(StudioPage.objects.filter(path__in=paths).values_list("path", "title"))


def cards(pages: Iterable[Page], request: HttpRequest) -> list[Card]:
    """Cards of pages that `newest` gave."""
    pages = list(pages)
    studios = studio_titles(pages)
    return [_card(page, studios.get(page.path[: -Page.steplen], ""), request) for page in pages]


def _card(page: Page, studio: str, request: HttpRequest) -> Card:
    when = timezone.localtime(page.released_at)
    return Card(
        kind=str(page._meta.verbose_name),
        title=page.title,
        url=page.get_url(request) or "",
        text=page.lead,
        meta=[word for word in (studio, f"{when:%Y-%m-%d}") if word],
        lang=page.script,
    )


def studios_shown(user: Reader, limit: int) -> list[Studio]:
    """Studios whose page the reader may see, with leaders (and photos) fetched as `leaders_now`."""
    leaders = Leader.objects.filter(open_on(today())).select_related("person", "photo")
    rows = visible_pages(StudioPage.objects.all(), user)
    return list(
        Studio.objects.filter(page__in=rows)
        .select_related("page", "unit")
        .prefetch_related(Prefetch("leaders", leaders, to_attr="leaders_now"))
        .order_by("-level", "name")[:limit]
    )


def common_words(pages: Iterable[Page], limit: int) -> list[str]:
    """Words to try in the search box: tags that stand on the given pages."""
    by_model: dict[type[Page], list[int]] = {}
    for page in pages:
        by_model.setdefault(type(page), []).append(page.pk)
    found: dict[str, None] = {}
    for model, keys in by_model.items():
        ids = model.objects.filter(pk__in=keys, tags__isnull=False).values("tags")
        found.update(dict.fromkeys(Tag.objects.filter(pk__in=ids).values_list("name", flat=True)))
    return list(found)[:limit]
