"""Sends what is due: reads the wanted version first, then the current state, sends it with that version, records."""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial

from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import timezone

from search import registry
from search.dictionary import live, touching
from search.engines import get_engine
from search.engines.contract import Engine, EngineUnavailable, IndexMissing, Outcome
from search.models import IndexState, SearchIndex, SearchObject
from search.registry import Piece
from search.suggest.backlog import backlog_write
from search.sync import indexes as index_rows
from search.sync.record import Due, results_record
from search.sync.sending import Sending

log = logging.getLogger(__name__)

# A round ends sooner where somebody changes something. At its end everything waits for the last answer.
BATCH = 4_000
# Where more changes than these wait, they are found first and suggested when nothing is left to send.
BACKLOG = 200
# What is built, sent and recorded together. Where an engine takes several sends at once, one is recorded while others
# are on the way.
PART = 50
# In a backlog each request and each statement is for more: nobody who publishes waits for the end of a part there.
BACKLOG_PART = 100
TURN_SECONDS = 0.0005
_DUE = ("pk", "kind", "key", "wanted_version")


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What one round did. `more`: more was waiting than one batch; `suggested`: what a backlog had left to be suggested."""

    sent: int = 0
    removed: int = 0
    failed: int = 0
    suggested: int = 0
    more: bool = False

    @property
    def idle(self) -> bool:
        """Nothing was due."""
        return not (self.sent or self.removed or self.failed or self.suggested or self.more)

    def __add__(self, other: DrainReport) -> DrainReport:
        return DrainReport(
            self.sent + other.sent,
            self.removed + other.removed,
            self.failed + other.failed,
            self.suggested + other.suggested,
            self.more or other.more,
        )


def drain_once(limit: int = BATCH, engine: Engine | None = None, stop: threading.Event | None = None) -> DrainReport:
    """Sends up to `limit` waiting objects to every current index; fewer, once `stop` is set.

    Safe to run in several processes and to be killed anywhere: sends carry versions, a record follows the send.
    Raises EngineUnavailable where the engine is away; what was not sent is not recorded, so it waits.
    """
    engine = engine or get_engine()
    rows = index_rows.current_indexes(engine)
    if not any(row.state == IndexState.LIVE for row in rows):
        rows = index_rows.indexes_ensure(engine)
    touching.changes_touch(engine)
    waiting = due_objects(limit + 1)
    changed = [one for one in waiting if one.changed]
    # What somebody changed is a round of its own: it does not wait for pieces that a rebuild sends again.
    due = (changed or waiting)[:limit]
    more = len(due) < len(waiting)
    if not due:
        return _idle_round(engine, rows)
    # After reading what is due: a term and the pieces that it touches are in one commit, so what is cut now knows it.
    live.follow()
    try:
        last = waiting[min(limit, BACKLOG, len(waiting) - 1)]
        in_backlog = last.changed and len(waiting) > min(limit, BACKLOG)
        report = DrainReport(more=more) + _sent(engine, rows, due, in_backlog=in_backlog, stop=stop)
        # In a backlog of changes the engine lets them be found from time to time: doing so takes a third of its time.
        if not (more and waiting[-1].changed):
            _refresh(engine, rows)
    except IndexMissing:
        # Either it was replaced a moment ago, or somebody removed it: both are settled before the next round.
        index_rows.indexes_ensure(engine)
        return DrainReport(more=True)
    except EngineUnavailable:
        if not index_rows.lost_replace(engine):
            raise
        return DrainReport(more=True)
    return report


def _idle_round(engine: Engine, rows: Sequence[SearchIndex]) -> DrainReport:
    """Nothing is left to send: what was built takes over, and what a backlog left to be suggested is written."""
    building = any(row.state == IndexState.BUILDING for row in rows)
    if building:
        index_rows.rebuild_finish(engine)
    return DrainReport(suggested=backlog_write(), more=building and bool(due_objects(1)))


def drain_all(engine: Engine | None = None, rounds: int = 100_000) -> DrainReport:
    """Rounds until nothing is due; what failed waits for its time. Gives the sums."""
    sums = DrainReport()
    for _round in range(rounds):
        report = drain_once(engine=engine)
        sums += replace(report, more=False)
        if report.idle:
            break
    return sums


def due_objects(limit: int) -> list[Due]:
    """What waits: what somebody changed before what a rebuild or a retry sends again, the longest waiting first.

    Whoever publishes while a new index is filled is not made to wait for all of it.
    """
    due = SearchObject.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    changed = Q(due_at=F("changed_at"))
    # Two queries, each along an index of its own: sorting all that a rebuild makes due would take longer than sending.
    rows = [Due(*row) for row in due.filter(changed).values_list(*_DUE)[:limit]]
    if len(rows) < limit:
        again = due.exclude(changed).values_list(*_DUE)
        rows += [Due(*row, changed=False) for row in again[: limit - len(rows)]]
    return rows


def _refresh(engine: Engine, rows: Sequence[SearchIndex]) -> None:
    """Lets readers find what was sent."""
    for row in rows:
        if row.state == IndexState.LIVE:
            engine.refresh(row.name)


def _changes_wait() -> bool:
    """Whether somebody changed something while a rebuild or a retry goes on: it is sent first."""
    return SearchObject.objects.filter(due_at__lte=timezone.now(), due_at=F("changed_at")).exists()


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


def _sent(
    engine: Engine,
    rows: Sequence[SearchIndex],
    due: Sequence[Due],
    *,
    in_backlog: bool,
    stop: threading.Event | None,
) -> DrainReport:
    """Sends to all indexes what they lack and records it, part by part: a record follows its send.

    `in_backlog`: many changes wait. `more` of the report: it ended early, for somebody's change or because it was told.
    """
    size = BACKLOG_PART if in_backlog else PART
    parts = [due[start : start + size] for start in range(0, len(due), size)]
    report, under_way = DrainReport(), deque[tuple[Sending, Callable[[], list[list[Outcome]]]]]()
    side_by_side = len(parts) > 1 and engine.sends_at_once > 1
    with _threads(engine.sends_at_once) if side_by_side else nullcontext() as threads:
        for part in parts:
            if part is not parts[0] and ((stop and stop.is_set()) or (not part[0].changed and _changes_wait())):
                report = replace(report, more=True)
                break
            pieces, refused = build(part)
            sending = Sending.of(engine, rows, part, pieces, refused)
            # The database is asked and told by this thread alone.
            told = threads.submit(sending.send, engine).result if threads else partial(sending.send, engine)
            under_way.append((sending, told))
            if len(under_way) > engine.sends_at_once or not threads:
                report += _recorded(*under_way.popleft(), in_backlog=in_backlog)
        while under_way:
            report += _recorded(*under_way.popleft(), in_backlog=in_backlog)
    return report


@contextmanager
def _threads(number: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that take turns quickly: each waits for an answer more often than it counts.

    A thread that got an answer waits for its turn up to the interval, 5 ms by default, with every piece of the answer.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        with ThreadPoolExecutor(number, "search-send") as threads:
            yield threads
    finally:
        sys.setswitchinterval(before)


def _recorded(sending: Sending, told: Callable[[], list[list[Outcome]]], *, in_backlog: bool) -> DrainReport:
    results = sending.results(told())
    gone = {item.pk for item in sending.due if sending.pieces.get((item.kind, item.key)) is None}
    results_record(sending.due, results, gone, sending.pieces, in_backlog=in_backlog)
    failed = {result.item.pk for result in results if result.state == "failed"}
    done = [item for item in sending.due if item.pk not in failed]
    sent = sum((item.kind, item.key) in sending.pieces for item in done)
    return DrainReport(sent=sent, removed=len(done) - sent, failed=len(failed))
