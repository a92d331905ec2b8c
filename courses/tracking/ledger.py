"""The one way in which events are written: under the enrolment's lock, with the projections that follow."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from courses.enrolment.models import Enrolment
from courses.lessons.models import CourseRelease
from courses.lessons.outline import Outline
from courses.lessons.registry import lesson_rules
from courses.lessons.selectors import outline_of, releases_without_content
from courses.lessons.state import LessonState
from courses.tracking import rules
from courses.tracking.models import CourseProgress, EventSource, LearningEvent, LessonProgress, milliseconds, moment
from people.models import User


@dataclass(frozen=True)
class NewEvent:
    """An event that has been checked and is to be written."""

    kind: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    lesson_key: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    device_at: dt.datetime | None = None
    device_id: str = ""
    source: str = EventSource.SERVICE


class Ledger:
    """An enrolment under its lock, with its progress at hand. Use inside a transaction, then `save()`.

    The lock puts the writers of one enrolment in a row; the moments of receipt never go back, so the order in which
    events were taken in is the order in which a recompute takes them.
    """

    def __init__(self, enrolment_id: int, *, person: User | None = None) -> None:
        """Raises Enrolment.DoesNotExist, also where the enrolment is not that person's (None: whoever's)."""
        # The lock first and alone: PostgreSQL reads joined rows as they stood before it waited for the lock.
        own = Enrolment.objects.select_for_update()
        self.enrolment = (own.filter(person=person) if person is not None else own).get(pk=enrolment_id)
        stored = (
            CourseProgress.objects.select_related("release")
            .defer("release__outline", "release__content", "release__title")
            .filter(pk=enrolment_id)
            .first()
        )
        if stored is not None and stored.release_id == self.enrolment.release_id:
            self.enrolment.release = stored.release
        else:
            self.enrolment.release = releases_without_content().get(pk=self.enrolment.release_id)
        self.row = stored or CourseProgress(enrolment=self.enrolment)
        self.is_new = stored is None
        course = rules.CourseState.from_json(self.row.state) if self.row.state else rules.CourseState()
        self.progress = rules.Progress(course=course)
        self.rows: dict[str, LessonProgress] = {}
        self.loaded: set[str] = set()
        self.touched: set[str] = set()
        self.new: list[LearningEvent] = []
        self.rules = lesson_rules()

    @property
    def outline(self) -> Outline:
        """What the pinned release asks."""
        return outline_of(self.enrolment.release)

    def now(self) -> dt.datetime:
        """The moment of receipt, whole milliseconds, never before that of an earlier event."""
        found = moment(max(milliseconds(timezone.now()), self.progress.course.last_received))
        return found or timezone.now()

    def lesson(self, lesson_key: str) -> LessonState:
        """The state of one lesson."""
        self._load([lesson_key])
        return self.progress.lessons.get(lesson_key, LessonState())

    def _load(self, keys: Iterable[str] | None) -> None:
        rows = LessonProgress.objects.filter(enrolment=self.enrolment)
        if keys is not None:
            wanted = set(keys) - self.loaded
            if not wanted:
                return
            self.loaded |= wanted
            rows = rows.filter(lesson_key__in=wanted)
        for row in rows:
            key = str(row.lesson_key)
            if key not in self.rows:
                self.rows[key] = row
                self.loaded.add(key)
                self.progress.lessons[key] = LessonState.from_json(row.state)

    def take(self, actor: User, new: NewEvent, received: dt.datetime, release: CourseRelease | None = None) -> None:
        """Takes in one event. With a release, the enrolment is pinned to it from here on."""
        if release is not None:
            self.enrolment.release = release
            self._load(None)
        elif new.lesson_key:
            self._load([new.lesson_key])
        event = LearningEvent(
            key=new.key,
            actor=actor,
            enrolment=self.enrolment,
            course_key=self.enrolment.course_key,
            lesson_key=uuid.UUID(new.lesson_key) if new.lesson_key else None,
            release=self.enrolment.release,
            kind=new.kind,
            payload=new.payload,
            device_at=new.device_at,
            device_id=new.device_id,
            received_at=received,
            source=new.source,
        )
        self.new.append(event)
        before = dict(self.progress.lessons)
        rules.step(self.progress, event.fact(), self.outline, self.rules)
        self.touched |= {key for key, value in self.progress.lessons.items() if before.get(key) is not value}

    def save(self) -> list[LearningEvent]:
        """Writes the events and what follows from them."""
        LearningEvent.objects.bulk_create(self.new)
        for key in sorted(self.touched):
            row = self.rows.setdefault(key, LessonProgress(enrolment=self.enrolment, lesson_key=uuid.UUID(key)))
            lesson_row_fill(row, self.progress.lessons[key])
            row.save(force_insert=row.pk is None, force_update=row.pk is not None)
        course_row_fill(self.row, self.progress.course, self.outline, self.new[-1])
        self.row.save(force_insert=self.is_new, force_update=not self.is_new)
        written, self.new, self.touched, self.is_new = self.new, [], set(), False
        return written


def lesson_row_fill(row: LessonProgress, state: LessonState) -> None:
    """The columns that follow from a lesson's state."""
    row.state = state.to_json()
    row.launched_at = moment(state.launched_at)
    row.completed_at = moment(state.completed_at)
    row.study_seconds = state.study_seconds
    row.best_score = state.best_score
    row.attempts = state.attempts


def course_row_fill(row: CourseProgress, state: rules.CourseState, outline: Outline, last: LearningEvent) -> None:
    """The columns that follow from a course's state."""
    figures = rules.count(state, outline)
    row.release_id = outline.release
    row.state = state.to_json()
    row.required, row.done, row.percent = figures.required, figures.done, figures.percent
    row.completed_at = moment(state.completed_at)
    row.completed_release_id = state.completed_release
    row.study_seconds = state.study_seconds
    row.last_lesson_key = uuid.UUID(state.last_lesson[1]) if state.last_lesson else None
    row.last_at = moment(state.last_lesson[0]) if state.last_lesson else None
    row.events = state.events
    row.last_event = last
