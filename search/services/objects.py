"""A change is a number raised in the caller's own transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from search import registry
from search.batches import batches
from search.models import SearchObject, SearchSent

BATCH = 400
CHANNEL = "search_changes"


@transaction.atomic
def objects_changed(kind: str, keys: Iterable[str]) -> int:
    """Says that these things changed, appeared or went; gives how many. Rolled back with the caller's transaction.

    The row's lock orders writers, so whoever commits later has the higher number.
    """
    wanted = sorted({str(key) for key in keys})
    now = timezone.now()
    for chunk in batches(wanted, BATCH):
        SearchObject.objects.bulk_create(
            [SearchObject(kind=kind, key=key, changed_at=now) for key in chunk], ignore_conflicts=True
        )
        rows = SearchObject.objects.filter(kind=kind, key__in=chunk)
        if len(chunk) > 1:
            # All writers take the locks in one order, so two subtrees never wait for each other in a circle.
            list(rows.select_for_update().order_by("key").values_list("pk", flat=True))
        rows.update(wanted_version=F("wanted_version") + 1, due_at=now, changed_at=now)
    if wanted:
        _wake_drain()
    return len(wanted)


def objects_ensure(kinds: Iterable[str] | None = None) -> int:
    """Makes a row for everything registered that has none (a first index, content that came past the signals)."""
    made = 0
    for kind in registry.kinds() if kinds is None else kinds:
        for chunk in batches(registry.get(kind).keys(), BATCH):
            known = set(SearchObject.objects.filter(kind=kind, key__in=chunk).values_list("key", flat=True))
            made += objects_changed(kind, [key for key in chunk if key not in known])
    return made


@transaction.atomic
def objects_retry(object_ids: Iterable[int]) -> int:
    """Lets failed changes be tried again at once; gives how many rows were made due."""
    ids = list(object_ids)
    SearchSent.objects.filter(object_id__in=ids, attempts__gt=0).update(next_try=None)
    count = SearchObject.objects.filter(pk__in=ids).update(due_at=timezone.now())
    _wake_drain()
    return count


def _wake_drain() -> None:
    """PostgreSQL tells the drain when the transaction commits; on SQLite the drain looks every 200 ms."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
