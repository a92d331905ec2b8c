"""Records what was sent, so that a late record never hides a newer one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import connection, transaction
from django.utils import timezone

from search.models import SearchObject, SearchSent
from search.registry import Piece
from search.suggest.services import backlog_record, pieces_record
from search.sync.rules import retry_wait

SENT_FIELDS = ["version", "content_hash", "passages", "attempts", "error", "next_try"]


@dataclass(frozen=True, slots=True)
class Due:
    """An object that waits, with the version that was wanted when we looked.

    `changed`: somebody changed it; else a rebuild or a retry sends it again.
    """

    pk: int
    kind: str
    key: str
    version: int
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an object in one index."""

    item: Due
    index: int
    state: Literal["done", "failed"]
    error: str = ""
    content_hash: str = ""
    passages: int = 0


@transaction.atomic
def results_record(
    due: Sequence[Due],
    results: Sequence[Result],
    gone: Collection[int],
    pieces: Mapping[tuple[str, str], Piece],
    *,
    in_backlog: bool = False,
) -> None:
    """Writes `SearchSent` rows and settles the objects whose wanted version is still the one that was sent.

    The suggestions of what is settled are written in the same transaction, under the same lock; `in_backlog`: kept to be
    written (`search.suggest.backlog`).
    An object that somebody is changing at this moment is left as it is: it is due again anyway.
    """
    free = SearchObject.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    wanted = dict(free.filter(pk__in=[item.pk for item in due]).order_by("pk").values_list("pk", "wanted_version"))
    known = {(row.object_id, row.index_id): row for row in SearchSent.objects.filter(object__in=list(wanted))}
    now = timezone.now()
    rows: list[SearchSent] = []
    later: dict[int, dt.datetime] = {}
    for result in results:
        if result.item.pk not in wanted:
            continue
        row = _row(result, known.get((result.item.pk, result.index)), now)
        if row is not None:
            rows.append(row)
            if row.next_try is not None:
                later[result.item.pk] = max(row.next_try, later.get(result.item.pk, row.next_try))
    SearchSent.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["object", "index"], update_fields=SENT_FIELDS
    )
    settled = {item.pk for item in due if wanted.get(item.pk) == item.version}
    _settle(settled - set(later), gone)
    fresh = settled - set(later) - _recorded(results, known)
    versions = {(item.kind, item.key): (item.pk, item.version) for item in due if item.pk in fresh}
    sent = {name: pieces.get(name) for name in versions}
    if in_backlog:
        backlog_record(sent=sent, versions=versions)
    else:
        pieces_record(sent=sent)
    for pk in settled & set(later):
        SearchObject.objects.filter(pk=pk).update(due_at=later[pk])


def _recorded(results: Sequence[Result], known: Mapping[tuple[int, int], SearchSent]) -> set[int]:
    """Objects of which another index has this very version and text already: a rebuild sends them again.

    Their suggestions were written when that index got them; not so where another index has refused them.
    """
    refused = {pk for (pk, _index), row in known.items() if row.attempts}
    there = {(pk, row.version, row.content_hash) for (pk, _index), row in known.items() if pk not in refused}
    return {
        result.item.pk
        for result in results
        if result.content_hash and (result.item.pk, result.item.version, result.content_hash) in there
    }


def _settle(settled: Collection[int], gone: Collection[int]) -> None:
    for deleted in (True, False):
        ids = [pk for pk in settled if (pk in gone) is deleted]
        if ids:
            SearchObject.objects.filter(pk__in=ids).update(due_at=None, deleted=deleted)


def _row(result: Result, before: SearchSent | None, now: dt.datetime) -> SearchSent | None:
    """The row to write; None where a newer version was recorded meanwhile."""
    version = before.version if before else 0
    if version > result.item.version:
        return None
    row = SearchSent(object_id=result.item.pk, index_id=result.index)
    if result.state == "done":
        row.version, row.content_hash, row.passages = result.item.version, result.content_hash, result.passages
        return row
    row.version = version
    row.content_hash = before.content_hash if before else ""
    row.passages = before.passages if before else 0
    row.attempts = (before.attempts if before else 0) + 1
    row.error = result.error
    row.next_try = now + retry_wait(row.attempts)
    return row
