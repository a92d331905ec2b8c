"""Suggestions that wait: in a backlog what is sent is found at once, and suggested when nothing is left to send.

Writing the spellings of a piece takes as long as sending its text. They are kept with the version that they were made
of, in the transaction that records the send; only of what has no suggestion yet, so that nothing is offered for longer
than it may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from django.db import transaction

from search.batches import batches
from search.models import SearchObject
from search.suggest.entries import Entry
from search.suggest.models import SuggestionBacklog
from search.suggest.store import BATCH, Name, owners_write

# Writers of other rows wait for so many parts at most.
PARTS = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """An object as it was sent, and what it gives."""

    object: int
    version: int
    entries: Sequence[Entry]


def backlog_add(waiting: Sequence[Waiting]) -> None:
    """Keeps these in the caller's transaction."""
    if waiting:
        rows = [(one.object, one.version, [astuple(entry) for entry in one.entries]) for one in waiting]
        SuggestionBacklog.objects.create(waiting=rows)


@transaction.atomic
def backlog_write(parts: int = PARTS) -> int:
    """Writes what waits longest, and forgets what has changed since: that is sent again. Gives how many waited.

    Whoever writes holds the objects: no change of one is recorded meanwhile.
    """
    rows = list(SuggestionBacklog.objects.select_for_update().order_by("pk")[:parts])
    waiting = [_read(one) for row in rows for one in row.waiting]
    objects = _locked([one.object for one in waiting])
    owners_write(
        {objects[one.object, one.version]: one.entries for one in waiting if (one.object, one.version) in objects}
    )
    SuggestionBacklog.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(waiting)


def backlog_objects() -> set[int]:
    """Ids of the objects whose suggestions wait."""
    parts = SuggestionBacklog.objects.values_list("waiting", flat=True)
    return {one[0] for part in parts.iterator() for one in part}


def _read(stored: tuple[int, int, list[list[object]]]) -> Waiting:
    pk, version, entries = stored
    return Waiting(pk, version, [Entry(*entry) for entry in entries])  # type: ignore[arg-type]


def _locked(ids: Sequence[int]) -> Mapping[tuple[int, int], Name]:
    """Names of the objects by id and wanted version."""
    found: dict[tuple[int, int], Name] = {}
    for chunk in batches(sorted(ids), BATCH):
        rows = SearchObject.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
        found |= {(row.pk, row.wanted_version): (row.kind, row.key) for row in rows}
    return found
