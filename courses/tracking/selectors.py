"""Reads of progress: the course as its learner sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.enrolment.selectors import enrolment_open, enrolments_of
from courses.lessons.models import CourseRelease
from courses.lessons.outline import Outline, OutlineLesson
from courses.lessons.registry import lesson_rules, lesson_types
from courses.lessons.selectors import latest_release, outline_of
from courses.lessons.state import LessonState
from courses.tracking import rules, wording
from courses.tracking.models import CourseProgress, LessonProgress
from people.models import User

# A place in an address where a lesson's key is put in: making an address for each of 100 lessons costs more.
_PLACE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A line of the outline. `state`: todo, running, done, failed."""

    lesson: OutlineLesson
    url: str
    kind: str
    icon: str
    rule: str
    minutes_words: str
    state: str = "todo"
    note: str = ""
    next: bool = False


@dataclass(frozen=True)
class CourseView:
    """A course for one reader; without an enrolment it shows what would be asked."""

    release: CourseRelease | None
    outline: Outline
    enrolment: Enrolment | None = None
    progress: CourseProgress | None = None
    course: rules.CourseState = field(default_factory=rules.CourseState)
    states: Mapping[str, LessonState] = field(default_factory=dict)
    newest: CourseRelease | None = None

    @property
    def missing(self) -> tuple[rules.LessonMissing, ...]:
        """What still stands between the learner and the end."""
        return rules.missing(self.course, self.states, self.outline, lesson_rules()) if self.enrolment else ()

    @property
    def count(self) -> rules.Count:
        """How far."""
        return rules.count(self.course, self.outline)

    @property
    def is_done(self) -> bool:
        """True where the course was finished."""
        return self.course.completed_at is not None

    @property
    def has_newer(self) -> bool:
        """True where a newer release may be moved to."""
        return bool(self.newest and self.release and self.newest.pk != self.release.pk and not self.is_done)

    @property
    def next_lesson(self) -> OutlineLesson | None:
        """Where to go on: the lesson last worked on if it is not done, else the first that is not."""
        last = self.course.last_lesson[1] if self.course.last_lesson else ""
        if last in self.outline.by_key and last not in self.course.done:
            return self.outline.by_key[last]
        todo = [lesson for lesson in self.outline.required if lesson.key not in self.course.done]
        todo += [lesson for lesson in self.outline.lessons if lesson.key not in self.course.done]
        return todo[0] if todo else None


def lesson_url(course_key: UUID | str, lesson_key: str) -> str:
    """The player's address of a lesson."""
    return reverse("courses:lesson", args=[course_key, _PLACE]).replace(str(_PLACE), lesson_key)


def lesson_rows(view: CourseView, course_key: UUID) -> list[LessonRow]:
    """The outline with the learner's state in each lesson. No queries."""
    types = lesson_types()
    address = reverse("courses:lesson", args=[course_key, _PLACE])
    going_on = view.next_lesson
    place = str(_PLACE)
    minutes = _("约 %(n)s 分钟")
    found = []
    for lesson in view.outline.lessons:
        page_class = types.get(lesson.type)
        state, note = lesson_state_words(view, lesson)
        found.append(
            LessonRow(
                lesson=lesson,
                url=address.replace(place, lesson.key),
                kind=str(page_class.type_label) if page_class else lesson.type,
                icon=page_class.type_icon if page_class else "book-open",
                rule=page_class.rule_words(lesson.rule) if page_class else "",
                minutes_words=minutes % {"n": lesson.minutes},
                state=state,
                note=note,
                next=view.enrolment is not None and lesson is going_on,
            )
        )
    return found


def lesson_state_words(view: CourseView, lesson: OutlineLesson) -> tuple[str, str]:
    """State code and what is told beside it (the best mark)."""
    state = view.states.get(lesson.key)
    best = state.best_score if state else None
    note = _("最好 %(best)s 分") % {"best": best} if best is not None else ""
    if lesson.key in view.course.done:
        return "done", note
    if best is not None:
        return "failed", note
    return ("running", "") if state and state.launched_at is not None else ("todo", "")


def states_of(enrolment: Enrolment, *, full: bool = True) -> dict[str, LessonState]:
    """The learner's state in each lesson that he opened; one query.

    Not `full`: without the lessons that are done, unless they have a mark. That is all the outline needs.
    """
    rows = LessonProgress.objects.filter(enrolment=enrolment)
    if not full:
        rows = rows.filter(Q(completed_at__isnull=True) | Q(best_score__isnull=False))
    return {str(key): LessonState.from_json(state) for key, state in rows.values_list("lesson_key", "state")}


def course_view(user: User | AnonymousUser, course_key: UUID, *, full: bool = True) -> CourseView | None:
    """The course for this reader; None where it was never released. The number of queries does not grow with it."""
    newest = latest_release(course_key)
    enrolment = enrolment_open(user, course_key)
    if enrolment is None:
        return CourseView(newest, outline_of(newest)) if newest else None
    return enrolment_view(enrolment, newest, full=full)


def enrolment_view(enrolment: Enrolment, newest: CourseRelease | None = None, *, full: bool = True) -> CourseView:
    """The course for the learner of an enrolment."""
    progress = getattr(enrolment, "progress", None)
    return CourseView(
        release=enrolment.release,
        outline=outline_of(enrolment.release),
        enrolment=enrolment,
        progress=progress,
        course=rules.CourseState.from_json(progress.state) if progress else rules.CourseState(),
        states=states_of(enrolment, full=full),
        newest=newest,
    )


@dataclass(frozen=True)
class LearningCard:
    """A course that one is learning, or has learnt, for lists: how far, what is missing, one tap to go on."""

    title: str
    url: str
    percent: int
    reason: str
    resume_url: str
    resume_label: str
    is_done: bool
    completed_at: dt.datetime | None
    last_at: dt.datetime | None
    badge: str = ""


def learning_cards(user: User | AnonymousUser) -> list[LearningCard]:
    """The person's open enrolments, most recently studied first, finished ones last. Two queries."""
    enrolments = list(enrolments_of(user).filter(withdrawn_at=None).select_related("course"))
    states: dict[int, dict[str, LessonState]] = {}
    rows = LessonProgress.objects.filter(enrolment__in=enrolments).values_list("enrolment", "lesson_key", "state")
    for enrolment_id, key, state in rows:
        states.setdefault(enrolment_id, {})[str(key)] = LessonState.from_json(state)
    cards = [_card(enrolment, states.get(enrolment.pk, {})) for enrolment in enrolments]
    order = {True: 1, False: 0}
    earliest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(cards, key=lambda c: (order[c.is_done], -(c.last_at or c.completed_at or earliest).timestamp()))


def _card(enrolment: Enrolment, states: Mapping[str, LessonState]) -> LearningCard:
    progress = getattr(enrolment, "progress", None)
    view = CourseView(
        release=enrolment.release,
        outline=outline_of(enrolment.release),
        enrolment=enrolment,
        progress=progress,
        course=rules.CourseState.from_json(progress.state) if progress else rules.CourseState(),
        states=states,
    )
    is_open = enrolment.course is not None and enrolment.course.live
    lesson = view.next_lesson if is_open and not view.is_done else None
    return LearningCard(
        title=enrolment.release.title,
        url=reverse("courses:course", args=[enrolment.course_key]),
        percent=view.count.percent,
        reason=wording.missing_short(view.missing),
        resume_url=lesson_url(enrolment.course_key, lesson.key) if lesson else "",
        resume_label=resume_words(view, lesson) if lesson else "",
        is_done=view.is_done,
        completed_at=progress.completed_at if progress else None,
        last_at=(progress.last_at if progress else None) or enrolment.enrolled_at,
        badge="done" if view.is_done else ("" if is_open else "withdrawn"),
    )


def resume_words(view: CourseView, lesson: OutlineLesson) -> str:
    """What the one button says."""
    if not view.states:
        return _("开始学第%(number)s课") % {"number": lesson.number}
    return _("接着学第%(number)s课") % {"number": lesson.number}
