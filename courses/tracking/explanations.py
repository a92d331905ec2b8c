"""Why 60 %? Progress with the events it follows from, for the learner, his master and HR."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.lessons.rules import watched_percent
from courses.lessons.state import ALLOWED, ANSWERED, EXPERIENCED, MOVED, PROGRESSED
from courses.tracking import wording
from courses.tracking.models import EventKind, EventSource, LearningEvent, moment
from courses.tracking.selectors import CourseView, LessonRow, enrolment_view, lesson_rows

SHOWN_EVENTS = 200


@dataclass(frozen=True)
class LessonFacts:
    """A lesson's line: state, when it was done, and the figures behind it."""

    row: LessonRow
    completed_at: Any
    study_time: str
    figures: str
    missing: str


@dataclass(frozen=True)
class EventLine:
    """An event in words."""

    event: LearningEvent
    kind: str
    lesson: str
    words: str
    source: str


def explanation_of(enrolment: Enrolment) -> dict[str, Any]:
    """Context of the pages that explain an enrolment's progress."""
    view = enrolment_view(enrolment)
    events = list(
        LearningEvent.objects.filter(enrolment=enrolment)
        .select_related("actor")
        .order_by("-received_at", "-pk")[: SHOWN_EVENTS + 1]
    )
    missing = view.missing
    return {
        "view": view,
        "facts": [_facts(view, row) for row in lesson_rows(view, enrolment.course_key)],
        "missing_words": [wording.missing_sentence(item) for item in missing],
        "missing_short": wording.missing_short(missing),
        "study_time": wording.duration_words(view.course.study_seconds),
        "completed_at": view.progress.completed_at if view.progress else None,
        "events": [_line(view, event) for event in events[:SHOWN_EVENTS]],
        "has_more_events": len(events) > SHOWN_EVENTS,
    }


def _facts(view: CourseView, row: LessonRow) -> LessonFacts:
    state = view.states.get(row.lesson.key)
    figures = []
    if state and "duration_ms" in row.lesson.rule:
        figures.append(_("看了 %(percent)s%%") % {"percent": watched_percent(row.lesson.rule, state)})
    if state and state.attempts:
        figures.append(_("考了 %(times)s 次，最好 %(best)s 分") % {"times": state.attempts, "best": state.best_score})
    missing = next((item for item in view.missing if item.lesson.key == row.lesson.key), None)
    return LessonFacts(
        row=row,
        completed_at=moment(view.course.done.get(row.lesson.key)),
        study_time=wording.duration_words(state.study_seconds) if state and state.study_seconds else "",
        figures=_("，").join(figures),
        missing=_("，").join(wording.reason_words(reason) for reason in missing.reasons) if missing else "",
    )


def _line(view: CourseView, event: LearningEvent) -> EventLine:
    lesson = view.outline.by_key.get(str(event.lesson_key))
    name = _("第%(n)s课 %(title)s") % {"n": lesson.number, "title": lesson.title} if lesson else ""
    if event.lesson_key and not lesson:
        name = _("已不在大纲中的课")
    return EventLine(
        event=event,
        kind=EventKind(event.kind).label,
        lesson=name,
        words=_event_words(event),
        source=EventSource(event.source).label,
    )


def _event_words(event: LearningEvent) -> str:
    payload = event.payload
    if event.kind == ANSWERED:
        return _("第%(attempt)s次，%(score)s 分（%(points)s/%(total)s），及格 %(pass_score)s 分") % payload
    if event.kind == MOVED:
        return _("从编号 %(from)s 的版本换到编号 %(to)s 的版本") % payload
    words = []
    if event.kind in (PROGRESSED, EXPERIENCED) and payload.get("seconds"):
        words.append(_("学了 %(time)s") % {"time": wording.duration_words(payload["seconds"])})
    for start, end in payload.get("watched", [])[:3]:
        words.append(_("看 %(start)s—%(end)s") % {"start": clock_words(start), "end": clock_words(end)})
    if event.kind == ALLOWED:
        words.append(_("由 %(actor)s 给") % {"actor": event.actor.name})
    return _("，").join(words)


def clock_words(ms: int) -> str:
    """A place in a video: 02:31."""
    return f"{ms // 60000:02d}:{ms // 1000 % 60:02d}"
