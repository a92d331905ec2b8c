"""Quiz attempts: asked from the pinned release, marked on the server, the marks kept as facts in the event."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enrolment.models import Enrolment
from courses.errors import KeyReused, LessonNotFound, NoAttemptsLeft, NotEnrolled, NotLongEnough, OpeningStale
from courses.lessons.outline import Outline, OutlineLesson
from courses.lessons.rules import attempts_left
from courses.lessons.selectors import lesson_content, outline_of
from courses.lessons.state import ALLOWED, ANSWERED, PROGRESSED, score
from courses.questions import rules as marking
from courses.questions.models import QuestionVersion
from courses.questions.selectors import versions_in_order
from courses.tracking import clock
from courses.tracking.ledger import Ledger, NewEvent
from courses.tracking.models import EventSource, LearningEvent, milliseconds
from courses.tracking.openings import Opening
from courses.tracking.services import ClientEvent, Saved, event_record
from people.models import User

MAX_ATTEMPT_SECONDS = 3600


@dataclass(frozen=True)
class Paper:
    """The questions of the next attempt, in the order in which this learner is asked."""

    number: int
    versions: tuple[QuestionVersion, ...]
    left: int | None


def _outline_lesson(outline: Outline, lesson_key: str, type_key: str) -> OutlineLesson:
    lesson = outline.by_key.get(lesson_key)
    if lesson is None or lesson.type != type_key:
        raise LessonNotFound
    return lesson


def paper_make(
    *, enrolment_id: int, lesson_key: str, content: Mapping[str, Any], attempts: int, left: int | None
) -> Paper:
    """The paper of the next attempt. The order follows from enrolment, lesson and attempt: a reload changes nothing."""
    versions = versions_in_order(content["versions"])
    if content["shuffle"]:
        by_id = {version.pk: version for version in versions}
        items = marking.order([v.item() for v in versions], f"{enrolment_id}:{lesson_key}:{attempts}")
        versions = [_in_order(by_id[item.version], item.options) for item in items]
    return Paper(attempts + 1, tuple(versions), left)


def _in_order(version: QuestionVersion, keys: Sequence[str]) -> QuestionVersion:
    by_key = {option["key"]: option for option in version.options}
    version.options = [by_key[key] for key in keys]
    return version


@transaction.atomic
def attempt_submit(
    *,
    actor: User,
    enrolment: Enrolment,
    lesson_key: str,
    key: uuid.UUID,
    opening: Opening,
    answers: Mapping[int, Collection[str]],
) -> LearningEvent:
    """Marks an attempt and saves it. The same key again gives the attempt that was saved the first time.

    `answers`: option keys by question version. Raises NotEnrolled, LessonNotFound, NoAttemptsLeft, OpeningStale,
    KeyReused.
    """
    if enrolment.person_id != actor.pk or (opening.enrolment, opening.lesson) != (enrolment.pk, lesson_key):
        raise OpeningStale
    ledger = Ledger(enrolment.pk)
    known = LearningEvent.objects.filter(actor=actor, key=key).first()
    if known is not None:
        if (known.kind, known.enrolment_id, str(known.lesson_key)) != (ANSWERED, enrolment.pk, lesson_key):
            raise KeyReused
        return known
    if ledger.enrolment.withdrawn_at is not None:
        raise NotEnrolled
    lesson = _outline_lesson(ledger.outline, lesson_key, "quiz")
    state = ledger.lesson(lesson_key)
    if attempts_left(lesson.rule, state) == 0:
        raise NoAttemptsLeft
    received = ledger.now()
    window = clock.Window(opening.opened, milliseconds(received))
    if window.is_stale:
        raise OpeningStale
    content = lesson_content(ledger.enrolment.release_id, lesson_key)
    items = [version.item() for version in versions_in_order(content["versions"])]
    marks = marking.mark_all(items, answers)
    payload = _payload(marks, window, lesson, state.attempts + 1)
    ledger.take(actor, NewEvent(ANSWERED, key, lesson_key, payload, source=EventSource.FORM), received)
    return ledger.save()[-1]


def _payload(
    marks: Sequence[marking.Mark], window: clock.Window, lesson: OutlineLesson, attempt: int
) -> dict[str, Any]:
    points, total = sum(m.points for m in marks), sum(m.of for m in marks)
    reached = score(points, total)
    return {
        "opened_ms": window.opened,
        "seconds": clock.seconds_allowed(MAX_ATTEMPT_SECONDS, window.received, window),
        "attempt": attempt,
        "points": points,
        "total": total,
        "score": reached,
        "pass_score": lesson.rule["pass_score"],
        "passed": reached >= lesson.rule["pass_score"],
        "marks": [{"version": m.version, "chosen": list(m.chosen), "points": m.points, "of": m.of} for m in marks],
    }


def video_confirm(*, actor: User, enrolment: Enrolment, lesson_key: str, key: uuid.UUID, opening: Opening) -> Saved:
    """A video seen without the player's script: counts from the opening of the page, at normal speed, never faster.

    Raises NotLongEnough, with the seconds that are still needed in `data`.
    """
    lesson = _outline_lesson(outline_of(enrolment.release), lesson_key, "video")
    duration = lesson.rule["duration_ms"]
    needed = -(-duration * lesson.rule["threshold_percent"] // 100)
    passed = milliseconds(timezone.now()) - opening.opened
    if passed < needed:
        raise NotLongEnough(seconds=-(-(needed - passed) // 1000))
    seen = min(duration, passed)
    payload = {"watched": [[0, seen]], "position_ms": seen, "seconds": seen // 1000}
    return event_record(actor=actor, event=ClientEvent(key, PROGRESSED, opening, payload, None, "", EventSource.FORM))


@transaction.atomic
def attempt_allow(*, actor: User, enrolment: Enrolment, lesson_key: str) -> LearningEvent:
    """One more attempt, given by the master or HR. Who may is checked by the caller's selector."""
    ledger = Ledger(enrolment.pk)
    _outline_lesson(ledger.outline, lesson_key, "quiz")
    ledger.take(actor, NewEvent(ALLOWED, lesson_key=lesson_key), ledger.now())
    return ledger.save()[-1]
