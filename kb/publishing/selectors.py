"""Reads of releases."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, QuerySet

from kb.publishing.models import Release


def releases_of(page_key: uuid.UUID | str) -> QuerySet[Release]:
    """All releases of a page, newest first."""
    return Release.objects.filter(page_key=page_key).order_by("-number")


def latest_release(page_key: uuid.UUID | str) -> Release | None:
    """The newest release of a page, or None where it was never released. Its content is fetched when it is asked for."""
    rows = releases_of(page_key).select_related("released_by").defer("content", "text")
    return rows.first()


def release_get(page_key: uuid.UUID | str, number: int) -> Release:
    """One release; raises `Release.DoesNotExist`."""
    return Release.objects.get(page_key=page_key, number=number)


def latest_numbers(page_keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Newest release number by page key, in one query."""
    rows = Release.objects.filter(page_key__in=list(page_keys)).values("page_key").annotate(newest=Max("number"))
    return {row["page_key"]: row["newest"] for row in rows.order_by()}


def latest_releases(page_keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Release]:
    """Newest releases by page key, without their content, in one query."""
    newer = Release.objects.filter(page_key=OuterRef("page_key"), number__gt=OuterRef("number"))
    rows = Release.objects.filter(~Exists(newer), page_key__in=list(page_keys)).order_by()
    return {row.page_key: row for row in rows.defer("content", "text")}
