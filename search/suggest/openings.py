"""What is opened more often is suggested before its equals: a step for each doubling, told to the keys every night.

Equals are entries that what was typed meets alike and whose kinds weigh alike; openings never lift one above a better
match. Counts name nobody (`search.insight`), and what a reader may not see is not among what they order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from search.batches import batches
from search.insight.models import OpenedCount
from search.suggest.entries import MOST_OPENED, OPENED_STEP
from search.suggest.models import SuggestionClaim, SuggestionEntry, SuggestionKey
from search.suggest.store import Name

DAYS = 90
FEWEST = 3
BATCH = 400


def opened_step(times: int) -> int:
    """0 below three openings, 1 from three, 2 from six, 3 from twelve … 9 at most."""
    return min((times // FEWEST).bit_length(), MOST_OPENED)


def openings_take(*, today: dt.date | None = None) -> int:
    """Brings the ranks of suggestions in line with what was opened in the last 90 days; gives how many changed."""
    wanted = _steps((today or timezone.localdate()) - dt.timedelta(days=DAYS))
    stored = dict(SuggestionEntry.objects.exclude(opened=0).values_list("pk", "opened"))
    changed = sorted(pk for pk in {*wanted, *stored} if wanted.get(pk, 0) != stored.get(pk, 0))
    return sum(_write(chunk, wanted) for chunk in batches(changed, BATCH))


def _steps(since: dt.date) -> dict[int, int]:
    """Steps above 0 by entry: a piece's own entry has its openings, a person's or a word's has none."""
    rows = OpenedCount.objects.filter(date__gte=since).values("kind", "key").annotate(times=Sum("count"))
    steps = {(row["kind"], row["key"]): opened_step(row["times"]) for row in rows}
    steps = {name: step for name, step in steps.items() if step}
    return {entry: steps[name] for chunk in batches(sorted(steps), BATCH) for name, entry in _entries(chunk)}


def _entries(names: Iterable[Name]) -> list[tuple[Name, int]]:
    wanted = set(names)
    claims = SuggestionClaim.objects.filter(owner__key__in=[key for _kind, key in wanted], entry__kind=F("owner__kind"))
    rows = claims.exclude(entry__url="").values_list("owner__kind", "owner__key", "entry")
    return [((kind, key), entry) for kind, key, entry in rows if (kind, key) in wanted]


@transaction.atomic
def _write(ids: Iterable[int], wanted: Mapping[int, int]) -> int:
    """Entries are locked in the order in which whoever stores them locks them."""
    rows = SuggestionEntry.objects.filter(pk__in=list(ids)).order_by("pk")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    moved = [(entry, wanted.get(entry.pk, 0)) for entry in rows]
    by_change: dict[int, list[int]] = {}
    for entry, step in moved:
        by_change.setdefault((entry.opened - step) * OPENED_STEP, []).append(entry.pk)
        entry.opened = step
    for change, entries in by_change.items():
        SuggestionKey.objects.filter(entry__in=entries).update(rank=F("rank") + change)
    SuggestionEntry.objects.bulk_update([entry for entry, _step in moved], ["opened"])
    return len(moved)
