"""Reads of `search`: how it is doing, what waits, what failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Sum
from django.utils import timezone
from wagtail.models import Page

from people.audience import visible_pages
from people.audience.selectors import AnyUser
from search import registry
from search.engines import get_engine
from search.engines.contract import EngineUnavailable
from search.models import IndexState, SearchIndex, SearchObject, SearchSent
from search.pages import is_uuid

RECENT_SHOWN = 8
ROWS_SHOWN = 100
# Beyond so many passages the embedded engine is no longer comfortable (docs/operations/scale-out.md).
COMFORTABLE_PASSAGES = 100_000


@dataclass(frozen=True, slots=True)
class RecentPage:
    """A page that was published lately."""

    title: str
    url: str
    kind_label: str


class Health(TypedDict):
    """`oldest_seconds` is the age of the change that waits longest without having failed."""

    engine: str
    reachable: bool
    error: str
    pending: int
    oldest_seconds: int
    failed: int
    rebuilding: bool
    analysis_version: str
    passages: int
    crowded: bool


def health() -> Health:
    """How search is doing; asks the engine once and the database four times.

    `crowded`: the embedded engine holds more passages than it is comfortable with.
    """
    engine = get_engine()
    reachable, error = True, ""
    try:
        engine.status()
    except EngineUnavailable as reason:
        reachable, error = False, str(reason)
    read = SearchSent.objects.filter(index__engine=engine.name, index__state=IndexState.LIVE)
    passages = read.aggregate(passages=Sum("passages"))["passages"] or 0
    waiting = waiting_objects().aggregate(count=Count("pk"), oldest=Min("changed_at"))
    oldest = waiting["oldest"]
    return Health(
        engine=engine.name,
        reachable=reachable,
        error=error,
        pending=waiting["count"],
        oldest_seconds=int((timezone.now() - oldest).total_seconds()) if oldest else 0,
        failed=failed_changes().count(),
        rebuilding=SearchIndex.objects.filter(engine=engine.name, state=IndexState.BUILDING).exists(),
        analysis_version=engine.analysis_version,
        passages=passages,
        crowded=engine.name == "embedded" and passages > COMFORTABLE_PASSAGES,
    )


def index_states() -> QuerySet[SearchIndex]:
    """All indexes, the one that is read first."""
    return SearchIndex.objects.order_by("-state", "-created_at")


def waiting_objects() -> QuerySet[SearchObject]:
    """Changes that wait for their first try."""
    return SearchObject.objects.filter(due_at__isnull=False).exclude(sent__attempts__gt=0)


def late_changes(than: dt.datetime) -> QuerySet[SearchObject]:
    """Changes that readers have waited for since before `than`; what only a new index still waits for is none."""
    read = SearchSent.objects.filter(
        object=OuterRef("pk"), index__state=IndexState.LIVE, attempts=0, version__gte=OuterRef("wanted_version")
    )
    due = SearchObject.objects.filter(due_at__lt=than, changed_at__lt=than)
    return due.exclude(Exists(read))


def failed_changes() -> QuerySet[SearchSent]:
    """Changes that an engine or a page's own fault refused, the latest first."""
    return SearchSent.objects.filter(attempts__gt=0).select_related("object", "index").order_by("-next_try", "pk")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A waiting or failed change as the administrator reads it. `edit_page`: id of the page to mend, if it is one."""

    object_id: int
    kind_label: str
    title: str
    edit_page: int | None
    changed_at: dt.datetime
    attempts: int = 0
    error: str = ""
    next_try: dt.datetime | None = None


def failed_rows(limit: int = ROWS_SHOWN) -> list[ChangeRow]:
    """Failed changes with the titles of their pages."""
    sent = list(failed_changes()[:limit])
    titles = _titles([row.object for row in sent])
    return [
        replace(_change_row(row.object, titles), attempts=row.attempts, error=row.error, next_try=row.next_try)
        for row in sent
    ]


def waiting_rows(limit: int = ROWS_SHOWN) -> list[ChangeRow]:
    """Waiting changes, the oldest first."""
    rows = list(waiting_objects().order_by("changed_at", "pk")[:limit])
    titles = _titles(rows)
    return [_change_row(row, titles) for row in rows]


def _change_row(row: SearchObject, titles: dict[tuple[str, str], tuple[str, int]]) -> ChangeRow:
    kind = registry.kinds().get(row.kind)
    title, page = titles.get((row.kind, row.key), (row.key, None))
    return ChangeRow(row.pk, str(kind.label) if kind else row.kind, title, page, row.changed_at)


def _titles(rows: Iterable[SearchObject]) -> dict[tuple[str, str], tuple[str, int]]:
    """Title and page id of those of the objects that are pages."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row.kind, []).append(row.key)
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for kind, wanted in keys.items():
        for model in getattr(registry.kinds().get(kind), "models", ()):
            pages = model._default_manager.filter(page_key__in=[key for key in wanted if is_uuid(key)])
            found |= {(kind, str(key)): (title, pk) for key, title, pk in pages.values_list("page_key", "title", "pk")}
    return found


def recent_pages(user: AnyUser, limit: int = RECENT_SHOWN) -> list[RecentPage]:
    """What was published last of all that the reader may see and find."""
    kinds = registry.kinds()
    labels = {
        ContentType.objects.get_for_model(model).pk: str(kinds[kind].label)
        for kind, searchable in kinds.items()
        if getattr(searchable, "shown_as_new", False)
        for model in getattr(searchable, "models", ())
    }
    pages = visible_pages(Page.objects.filter(content_type__in=list(labels)), user).order_by("-first_published_at")
    return [
        RecentPage(page.title, page.get_url() or "", labels[page.content_type_id])
        for page in pages.exclude(first_published_at=None)[:limit]
    ]
