"""Takes in what learners do: one transaction, idempotent by the client's key, judged by the server's clock."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from courses.enrolment.models import Enrolment
from courses.errors import EventRefused, KeyReused, NotEnrolled, OpeningStale, WatchedTooFast
from courses.lessons.registry import lesson_types
from courses.lessons.rules import Reason, unknown_rule
from courses.lessons.state import EXPERIENCED
from courses.tracking import clock, rules
from courses.tracking.ledger import Ledger, NewEvent
from courses.tracking.models import EventSource, LearningEvent, milliseconds
from courses.tracking.openings import Opening, opening_read
from courses.tracking.payloads import PayloadFault, client_payload
from people.errors import Refusal
from people.models import User

MAX_DEVICE_ID = 64


@dataclass(frozen=True)
class ClientEvent:
    """An event as a client reports it, its form checked, its truth not yet."""

    key: uuid.UUID
    kind: str
    opening: Opening
    payload: dict[str, Any]
    device_at: dt.datetime | None
    device_id: str
    source: str = EventSource.PLAYER


@dataclass(frozen=True)
class Saved:
    """What the learner sees after his event was saved; the same for the same key, whenever it is sent again."""

    key: uuid.UUID
    saved_at: dt.datetime
    lesson_done: bool
    percent: int
    completed: bool
    missing: tuple[Reason, ...] = ()


Verdict = Saved | Refusal


def client_event(raw: object) -> ClientEvent:
    """Reads one event of a posted batch; raises EventRefused or OpeningStale."""
    if not isinstance(raw, Mapping):
        raise EventRefused
    try:
        key = uuid.UUID(str(raw.get("key", "")))
        kind = str(raw.get("kind", ""))
        payload = client_payload(kind, raw.get("payload", {}))
        device_at = parse_datetime(str(raw["device_at"])) if raw.get("device_at") else None
    except (PayloadFault, ValueError):
        raise EventRefused from None
    if device_at is not None and not is_aware(device_at):
        raise EventRefused
    device_id = str(raw.get("device_id", ""))
    if len(device_id) > MAX_DEVICE_ID or not device_id.isascii():
        raise EventRefused
    return ClientEvent(key, kind, opening_read(raw.get("opening")), payload, device_at, device_id)


def events_record(*, actor: User, events: Sequence[ClientEvent]) -> list[Verdict]:
    """Saves a batch; a verdict for each event, in its order. One short transaction for each enrolment."""
    verdicts: list[Verdict] = []
    for enrolment_id, group in groupby(events, key=lambda event: event.opening.enrolment):
        verdicts.extend(_group_record(actor, enrolment_id, list(group)))
    return verdicts


def event_record(*, actor: User, event: ClientEvent) -> Saved:
    """Saves one event; raises the refusal where it cannot be."""
    verdict = events_record(actor=actor, events=[event])[0]
    if isinstance(verdict, Refusal):
        raise verdict
    return verdict


def _group_record(actor: User, enrolment_id: int, batch: Sequence[ClientEvent]) -> list[Verdict]:
    """Takes the events for new ones, as nearly all are; where one is not, or is refused, looks for them first."""
    try:
        verdicts = _enrolment_record(actor, enrolment_id, batch, look=False)
    except IntegrityError:
        # A key is there already, or came in at the same moment for another enrolment.
        return _enrolment_record(actor, enrolment_id, batch, look=True)
    if all(isinstance(verdict, Saved) for verdict in verdicts):
        return verdicts
    return _enrolment_record(actor, enrolment_id, batch, look=True)


@transaction.atomic
def _enrolment_record(actor: User, enrolment_id: int, batch: Sequence[ClientEvent], *, look: bool) -> list[Verdict]:
    """Saves a batch under the enrolment's lock. Without `look`, all or nothing: a refusal undoes what went before."""
    try:
        ledger = Ledger(enrolment_id, person=actor)
    except Enrolment.DoesNotExist:
        return [OpeningStale() for _event in batch]
    known: dict[uuid.UUID, LearningEvent] = {}
    if look:
        stored = LearningEvent.objects.filter(actor=actor, key__in=[event.key for event in batch])
        known = {row.key: row for row in stored}
    answers: list[LearningEvent | Refusal] = []
    for event in batch:
        try:
            row = known.get(event.key) or _take(ledger, actor, event)
            known[event.key] = row
            answers.append(_same(row, event))
        except Refusal as refusal:
            if not look:
                return [refusal]
            answers.append(refusal)
    if ledger.new:
        ledger.save()
    return [answer if isinstance(answer, Refusal) else saved(ledger, answer) for answer in answers]


def _same(row: LearningEvent, event: ClientEvent) -> LearningEvent:
    """The stored row, where it is that of this event; raises KeyReused otherwise."""
    same = (row.kind, row.enrolment_id, str(row.lesson_key)) == (
        event.kind,
        event.opening.enrolment,
        event.opening.lesson,
    )
    if not same:
        raise KeyReused
    return row


def _take(ledger: Ledger, actor: User, event: ClientEvent) -> LearningEvent:
    if ledger.enrolment.withdrawn_at is not None:
        raise NotEnrolled
    received = ledger.now()
    window = clock.Window(event.opening.opened, milliseconds(received))
    if window.is_stale:
        raise OpeningStale
    _type_check(ledger, event)
    payload = {**event.payload, "opened_ms": window.opened}
    device = milliseconds(event.device_at) if event.device_at else None
    at = clock.happened(device, window)
    if "seconds" in payload:
        payload["seconds"] = clock.seconds_allowed(payload["seconds"], at, window)
    state = ledger.lesson(event.opening.lesson)
    if not clock.watching_is_possible(payload.get("watched", ()), state, window):
        raise WatchedTooFast
    ledger.take(
        actor,
        NewEvent(
            event.kind,
            event.key,
            event.opening.lesson,
            payload,
            event.device_at,
            event.device_id,
            event.source,
        ),
        received,
    )
    return ledger.new[-1]


def _type_check(ledger: Ledger, event: ClientEvent) -> None:
    """Refuses what the lesson's type does not know; a lesson that left the outline still takes its late events."""
    lesson = ledger.outline.by_key.get(event.opening.lesson)
    page_class = lesson_types().get(lesson.type) if lesson else None
    if page_class is None:
        return
    if event.kind == EXPERIENCED and not page_class.can_be_confirmed:
        raise EventRefused
    if event.payload.keys() & {"watched", "position_ms"} and not page_class.can_be_played:
        raise EventRefused


def saved(ledger: Ledger, event: LearningEvent) -> Saved:
    """The answer to an event that is in the ledger."""
    course = ledger.progress.course
    lesson = ledger.outline.by_key.get(str(event.lesson_key))
    done = lesson is not None and lesson.key in course.done
    rule = ledger.rules.get(lesson.type, unknown_rule) if lesson and not done else None
    return Saved(
        key=event.key,
        saved_at=event.received_at,
        lesson_done=done,
        percent=rules.count(course, ledger.outline).percent,
        completed=course.completed_at is not None,
        missing=rule(lesson.rule, ledger.lesson(lesson.key)).missing if rule and lesson else (),
    )
