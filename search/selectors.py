"""Reads of `search`: how it is doing, what waits, what failed."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from search.engines import get_engine
from search.engines.contract import EngineUnavailable
from search.models import IndexState, SearchIndex, SearchObject, SearchSent


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


def health() -> Health:
    """How search is doing; asks the engine once and the database thrice."""
    engine = get_engine()
    reachable, error = True, ""
    try:
        engine.status()
    except EngineUnavailable as reason:
        reachable, error = False, str(reason)
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
    )


def index_states() -> QuerySet[SearchIndex]:
    """All indexes, the one that is read first."""
    return SearchIndex.objects.order_by("-state", "-created_at")


def waiting_objects() -> QuerySet[SearchObject]:
    """Changes that wait for their first try."""
    return SearchObject.objects.filter(due_at__isnull=False).exclude(sent__attempts__gt=0)


def failed_changes() -> QuerySet[SearchSent]:
    """Changes that an engine or a page's own fault refused, the latest first."""
    return SearchSent.objects.filter(attempts__gt=0).select_related("object", "index").order_by("-next_try", "pk")
