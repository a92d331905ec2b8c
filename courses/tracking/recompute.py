"""Throws the projections away and computes them again from the events; the rows must be equal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from courses.enrolment.models import Enrolment
from courses.lessons.registry import lesson_rules
from courses.lessons.selectors import outline_of, releases_without_content
from courses.tracking import rules
from courses.tracking.ledger import course_row_fill, lesson_row_fill
from courses.tracking.models import CourseProgress, LearningEvent, LessonProgress


@dataclass
class RecomputeReport:
    """How many enrolments were computed, and those whose rows differed from their events."""

    enrolments: int = 0
    events: int = 0
    differing: list[int] = field(default_factory=list)


def folded(enrolment: Enrolment) -> tuple[rules.Progress, list[LearningEvent]]:
    """The progress that follows from an enrolment's events, and the events in their order."""
    events = list(LearningEvent.objects.filter(enrolment=enrolment).order_by("received_at", "pk"))
    wanted = {event.release_id for event in events}
    outlines = {row.pk: outline_of(row) for row in releases_without_content().filter(pk__in=wanted)}
    return rules.fold((event.fact() for event in events), outlines, lesson_rules()), events


def _rows(enrolment: Enrolment) -> tuple[CourseProgress | None, list[LessonProgress]]:
    progress, events = folded(enrolment)
    if not events:
        return None, []
    course = CourseProgress(enrolment=enrolment)
    release = releases_without_content().get(pk=progress.course.release)
    course_row_fill(course, progress.course, outline_of(release), events[-1])
    lessons = []
    for key, state in sorted(progress.lessons.items()):
        row = LessonProgress(enrolment=enrolment, lesson_key=key)
        lesson_row_fill(row, state)
        lessons.append(row)
    return course, lessons


def _plain(row: CourseProgress | LessonProgress) -> dict[str, Any]:
    """The row's values without its own id, as the database gives them back."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    values.pop("id", None)
    return {name: str(value) if name.endswith("key") else _jsonable(value) for name, value in values.items()}


def _jsonable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    return value


@transaction.atomic
def enrolment_recompute(*, enrolment_id: int, write: bool) -> tuple[bool, int]:
    """Whether the stored rows equal those computed, and of how many events; writes the latter where asked."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment_id)
    course, lessons = _rows(enrolment)
    stored_course = CourseProgress.objects.filter(enrolment=enrolment).first()
    stored = sorted(LessonProgress.objects.filter(enrolment=enrolment), key=lambda row: str(row.lesson_key))
    equal = [_plain(row) for row in stored] == [_plain(row) for row in lessons] and (
        (stored_course and _plain(stored_course)) == (course and _plain(course))
    )
    if write and not equal:
        LessonProgress.objects.filter(enrolment=enrolment).delete()
        CourseProgress.objects.filter(enrolment=enrolment).delete()
        LessonProgress.objects.bulk_create(lessons)
        if course:
            course.save(force_insert=True)
    return equal, course.events if course else 0


def recompute(*, write: bool = True, enrolment_id: int | None = None) -> RecomputeReport:
    """Computes every enrolment (or one) again; each in a transaction of its own, so that learners need not stop."""
    report = RecomputeReport()
    rows = Enrolment.objects.order_by("pk")
    if enrolment_id is not None:
        rows = rows.filter(pk=enrolment_id)
    for pk in rows.values_list("pk", flat=True).iterator():
        equal, events = enrolment_recompute(enrolment_id=pk, write=write)
        report.enrolments += 1
        report.events += events
        if not equal:
            report.differing.append(pk)
    return report
