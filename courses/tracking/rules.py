"""Progress is a pure function of events: the fold, percent, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from courses.lessons.intervals import Spans, length, union
from courses.lessons.outline import Outline, OutlineLesson
from courses.lessons.rules import Reason, Rule, unknown_rule
from courses.lessons.state import COURSE_KINDS, LESSON_KINDS, Fact, LessonState, lesson_apply

Rules = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class CourseState:
    """The course as a whole. `done` maps a lesson to the moment it was done; nothing is ever taken out of it."""

    release: int = 0
    done: Mapping[str, int] = field(default_factory=dict)
    completed_at: int | None = None
    completed_release: int | None = None
    studied: Spans = ()
    last_lesson: tuple[int, str] | None = None
    last_received: int = 0
    events: int = 0

    @property
    def study_seconds(self) -> int:
        """Distinct seconds of study in the whole course."""
        return length(self.studied) // 1000

    def to_json(self) -> dict[str, Any]:
        """The stored form."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CourseState:
        """Reads the stored form."""
        values = dict(data)
        values["studied"] = tuple((start, end) for start, end in values.get("studied", ()))
        if values.get("last_lesson"):
            values["last_lesson"] = tuple(values["last_lesson"])
        return cls(**values)


@dataclass
class Progress:
    """A course's state with the states of its lessons (only those that the next event needs, when stepping)."""

    course: CourseState = field(default_factory=CourseState)
    lessons: dict[str, LessonState] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """How far: `percent` is whole, 100 only where every required lesson is done."""

    required: int
    done: int
    percent: int


def count(course: CourseState, outline: Outline) -> Count:
    """Required lessons of the pinned outline that are done. A finished course stays at 100."""
    required = len(outline.required)
    done = sum(1 for lesson in outline.required if lesson.key in course.done)
    if course.completed_at is not None:
        return Count(required, done, 100)
    return Count(required, done, done * 100 // required if required else 0)


def _judge(progress: Progress, lessons: Iterable[OutlineLesson], fact: Fact, rules: Rules) -> None:
    for lesson in lessons:
        state = progress.lessons.get(lesson.key)
        if state is None or state.completed_at is not None:
            continue
        if rules.get(lesson.type, unknown_rule)(lesson.rule, state).done:
            progress.lessons[lesson.key] = replace(state, completed_at=fact.received)
            progress.course = replace(progress.course, done={**progress.course.done, lesson.key: fact.received})


def step(progress: Progress, fact: Fact, outline: Outline, rules: Rules) -> None:
    """Takes in one event, in the order in which the server received them. `outline` is that of the event's release.

    Raises ValueError for a kind of event that nobody defined.
    """
    if fact.kind not in LESSON_KINDS | COURSE_KINDS:
        raise ValueError(f"unknown kind of event: {fact.kind}")
    course = replace(
        progress.course,
        release=fact.release,
        events=progress.course.events + 1,
        last_received=max(progress.course.last_received, fact.received),
    )
    judged: Iterable[OutlineLesson] = outline.lessons
    if fact.kind in LESSON_KINDS:
        before = progress.lessons.get(fact.lesson, LessonState())
        state = progress.lessons[fact.lesson] = lesson_apply(before, fact)
        course = replace(course, studied=union(course.studied, state.studied))
        if state.last_at is not None:
            course = replace(course, last_lesson=max(course.last_lesson or (0, ""), (state.last_at, fact.lesson)))
        judged = [outline.by_key[fact.lesson]] if fact.lesson in outline.by_key else []
    progress.course = course
    _judge(progress, judged, fact, rules)
    course = progress.course
    if course.completed_at is None and outline.required and all(x.key in course.done for x in outline.required):
        progress.course = replace(course, completed_at=fact.received, completed_release=fact.release)


def fold(facts: Iterable[Fact], outlines: Mapping[int, Outline], rules: Rules) -> Progress:
    """Everything that follows from the events. Their order and repeats do not matter: they are put in the order
    received, and a key counts once. `outlines` are those of all releases that the events name."""
    progress = Progress()
    seen: set[str] = set()
    for fact in sorted(facts, key=lambda f: (f.received, f.sequence, f.key)):
        if fact.key not in seen:
            seen.add(fact.key)
            step(progress, fact, outlines[fact.release], rules)
    return progress


@dataclass(frozen=True)
class LessonMissing:
    """A required lesson that is not done, and why."""

    lesson: OutlineLesson
    reasons: tuple[Reason, ...]


def missing(
    course: CourseState, lessons: Mapping[str, LessonState], outline: Outline, rules: Rules
) -> tuple[LessonMissing, ...]:
    """What still stands between the learner and the end of the course, in the order of the outline."""
    if course.completed_at is not None:
        return ()
    found = []
    for lesson in outline.required:
        if lesson.key in course.done:
            continue
        state = lessons.get(lesson.key)
        if state is None or state.launched_at is None:
            reasons: tuple[Reason, ...] = (Reason("not_started"),)
        else:
            reasons = rules.get(lesson.type, unknown_rule)(lesson.rule, state).missing
        found.append(LessonMissing(lesson, reasons))
    return tuple(found)
