"""Sends what is due: reads the wanted version first, then the current state, sends it with that version, records."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import timezone

from search import registry
from search.dictionary import live, touching
from search.engines import get_engine
from search.engines.contract import Change, Engine, EngineUnavailable, IndexMissing, Outcome
from search.models import IndexState, SearchIndex, SearchObject, SearchSent
from search.registry import Piece
from search.sync import indexes as index_rows
from search.sync.record import Due, Result, results_record
from search.sync.rules import content_hash

log = logging.getLogger(__name__)

BATCH = 200
# While a backlog is sent, what is in it can be found so often; refreshing after each batch would take a third of the time.
REFRESH_SECONDS = 1.0
_DUE = ("pk", "kind", "key", "wanted_version")


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What one round did. `more`: more was waiting than one batch."""

    sent: int = 0
    removed: int = 0
    failed: int = 0
    more: bool = False

    @property
    def idle(self) -> bool:
        """Nothing was due."""
        return not (self.sent or self.removed or self.failed or self.more)


def drain_once(limit: int = BATCH, engine: Engine | None = None) -> DrainReport:
    """Sends up to `limit` waiting objects to every current index.

    Safe to run in several processes and to be killed anywhere: sends carry versions, a record follows the send.
    Raises EngineUnavailable where the engine is away; nothing is recorded then, so everything waits.
    """
    engine = engine or get_engine()
    rows = index_rows.current_indexes(engine)
    if not any(row.state == IndexState.LIVE for row in rows):
        rows = index_rows.indexes_ensure(engine)
    touching.changes_touch(engine)
    due = due_objects(limit + 1)
    more, due = len(due) > limit, due[:limit]
    if not due:
        if any(row.state == IndexState.BUILDING for row in rows):
            index_rows.rebuild_finish(engine)
            return DrainReport(more=bool(due_objects(1)))
        return DrainReport()
    # After reading what is due: a term and the pieces that it touches are in one commit, so what is cut now knows it.
    live.follow()
    pieces, refused = build(due)
    results: list[Result] = []
    for row in rows:
        try:
            results += _send(engine, row, due, pieces, refused)
            if row.state == IndexState.LIVE:
                _refresh(engine, row.name, more=more)
        except IndexMissing:
            # Either it was replaced a moment ago, or somebody removed it: both are settled before the next round.
            index_rows.indexes_ensure(engine)
            return DrainReport(more=True)
    gone = {item.pk for item in due if pieces.get((item.kind, item.key)) is None}
    results_record(due, results, gone, pieces)
    return _report(due, results, pieces, more=more)


def drain_all(engine: Engine | None = None, rounds: int = 100_000) -> DrainReport:
    """Rounds until nothing is due; what failed waits for its time. Gives the sums."""
    sent = removed = failed = 0
    for _round in range(rounds):
        report = drain_once(engine=engine)
        sent, removed, failed = sent + report.sent, removed + report.removed, failed + report.failed
        if report.idle:
            break
    return DrainReport(sent, removed, failed)


def due_objects(limit: int) -> list[Due]:
    """What waits: what somebody changed before what a rebuild or a retry sends again, the longest waiting first.

    Whoever publishes while a new index is filled is not made to wait for all of it.
    """
    due = SearchObject.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    changed = Q(due_at=F("changed_at"))
    # Two queries, each along an index of its own: sorting all that a rebuild makes due would take longer than sending.
    rows = [Due(*row) for row in due.filter(changed).values_list(*_DUE)[:limit]]
    if len(rows) < limit:
        rows += [Due(*row) for row in due.exclude(changed).values_list(*_DUE)[: limit - len(rows)]]
    return rows


def build(due: Sequence[Due]) -> tuple[dict[tuple[str, str], Piece], dict[tuple[str, str], str]]:
    """The current pieces of these objects, and the reasons of those that cannot be built."""
    pieces: dict[tuple[str, str], Piece] = {}
    refused: dict[tuple[str, str], str] = {}
    for kind in sorted({item.kind for item in due}):
        searchable = registry.kinds().get(kind)
        if searchable is None:
            continue  # a kind that no app registers any more: what is in the index of it goes
        keys = [item.key for item in due if item.kind == kind]
        for key, built in build_safely(searchable, keys).items():
            if isinstance(built, Piece):
                pieces[kind, key] = built
            else:
                refused[kind, key] = built
    return pieces, refused


def build_safely(searchable: registry.Searchable, keys: Sequence[str]) -> dict[str, Piece | str]:
    """Pieces by key, or why one could not be built: one broken page must not hold up the rest."""
    try:
        return dict(searchable.build_many(keys))
    except (DatabaseError, EngineUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 the fault of one page's text may be of any type; it is kept and shown
        if len(keys) == 1:
            log.warning("search: %s %s cannot be built", searchable.kind, keys[0], exc_info=True)
            return {keys[0]: f"{type(error).__name__}: {error}"}
    middle = len(keys) // 2
    return build_safely(searchable, keys[:middle]) | build_safely(searchable, keys[middle:])


class _Refreshed:
    """When each index was last refreshed by this process, on the monotonic clock."""

    at: dict[str, float] = {}  # noqa: RUF012 - one for the process


def _refresh(engine: Engine, index: str, *, more: bool) -> None:
    """Lets readers find what was sent: at once where nothing more waits, else every `REFRESH_SECONDS`."""
    now = time.monotonic()
    if more and now - _Refreshed.at.get(index, 0.0) < REFRESH_SECONDS:
        return
    engine.refresh(index)
    _Refreshed.at = {index: now}


def _send(
    engine: Engine,
    index: SearchIndex,
    due: Sequence[Due],
    pieces: dict[tuple[str, str], Piece],
    refused: dict[tuple[str, str], str],
) -> list[Result]:
    """Sends to one index what it does not have yet; objects that cannot be built are recorded as failed."""
    sent = dict(
        SearchSent.objects.filter(index=index, object__in=[item.pk for item in due], attempts=0).values_list(
            "object_id", "version"
        )
    )
    items = {(item.kind, item.key): item for item in due if sent.get(item.pk, -1) < item.version}
    results = [Result(items[name], index.pk, "failed", reason) for name, reason in refused.items() if name in items]
    changes = [
        Change(
            item.kind,
            item.key,
            item.version,
            pieces.get(name),
            content_hash(pieces.get(name), engine.analysis_version),
        )
        for name, item in items.items()
        if name not in refused
    ]
    if not changes:
        return results
    outcomes = engine.apply(index.name, changes)
    hashes = {(change.kind, change.key): change for change in changes}
    return results + [_result(items, index, outcome, hashes) for outcome in outcomes]


def _result(
    items: dict[tuple[str, str], Due],
    index: SearchIndex,
    outcome: Outcome,
    changes: dict[tuple[str, str], Change],
) -> Result:
    name = (outcome.kind, outcome.key)
    change = changes[name]
    return Result(
        items[name],
        index.pk,
        "failed" if outcome.state == "failed" else "done",
        outcome.error,
        content_hash=change.content_hash,
        passages=len(change.piece.passages) if change.piece else 0,
    )


def _report(
    due: Sequence[Due], results: Sequence[Result], pieces: dict[tuple[str, str], Piece], *, more: bool
) -> DrainReport:
    failed = {result.item.pk for result in results if result.state == "failed"}
    done = [item for item in due if item.pk not in failed]
    sent = sum((item.kind, item.key) in pieces for item in done)
    return DrainReport(sent=sent, removed=len(done) - sent, failed=len(failed), more=more)
