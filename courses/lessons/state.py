"""What is known of one learner in one lesson: a value that only grows, whatever the order of the events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from courses.lessons.intervals import Spans, length, union

LAUNCHED = "launched"
PROGRESSED = "progressed"
EXPERIENCED = "experienced"
ANSWERED = "answered"
ALLOWED = "allowed"
REGISTERED = "registered"
UNREGISTERED = "unregistered"
RESUMED = "resumed"
MOVED = "moved"

LESSON_KINDS = frozenset({LAUNCHED, PROGRESSED, EXPERIENCED, ANSWERED, ALLOWED})
COURSE_KINDS = frozenset({REGISTERED, UNREGISTERED, RESUMED, MOVED})


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as plain values. Times are whole milliseconds since 1970 (UTC); `sequence` orders equal times."""

    key: str
    kind: str
    release: int
    received: int
    lesson: str = ""
    happened: int = 0
    sequence: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LessonState:
    """Earliest, latest, unions, best and counts over a lesson's events; `completed_at` is set once and stays."""

    launched_at: int | None = None
    confirmed_at: int | None = None
    completed_at: int | None = None
    last_at: int | None = None
    studied: Spans = ()
    watched: Spans = ()
    claimed_ms: int = 0
    position: tuple[int, str, int] | None = None
    attempts: int = 0
    allowed: int = 0
    best: tuple[int, int, int] | None = None

    @property
    def study_seconds(self) -> int:
        """Distinct seconds of study: two tabs at once count once."""
        return length(self.studied) // 1000

    @property
    def position_ms(self) -> int:
        """Where to go on playing."""
        return self.position[2] if self.position else 0

    @property
    def best_score(self) -> int | None:
        """Best mark on a scale of 100, or None before the first attempt."""
        return self.best[0] if self.best else None

    def to_json(self) -> dict[str, Any]:
        """The stored form; what is as at the beginning is left out."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LessonState:
        """Reads the stored form."""
        values = dict(data)
        for name in ("studied", "watched"):
            values[name] = tuple((start, end) for start, end in values.get(name, ()))
        for name in ("position", "best"):
            if values.get(name):
                values[name] = tuple(values[name])
        return cls(**values)


def score(points: int, total: int) -> int:
    """A mark on the scale of 100, rounded down: 79.9 is not 80."""
    return points * 100 // total if total > 0 else 0


def _earliest(one: int | None, other: int) -> int:
    return other if one is None else min(one, other)


def lesson_apply(state: LessonState, fact: Fact) -> LessonState:
    """The state after one more event. Does not judge completion: rules do."""
    payload = fact.payload
    happened = fact.happened or fact.received
    opened = payload.get("opened_ms", fact.received)
    changes: dict[str, Any] = {}
    if fact.kind != ALLOWED:
        changes["launched_at"] = _earliest(state.launched_at, opened)
        changes["last_at"] = max(state.last_at or 0, happened)
    if seconds := payload.get("seconds", 0):
        changes["studied"] = union(state.studied, [(happened - seconds * 1000, happened)])
    if watched := payload.get("watched"):
        changes["watched"] = union(state.watched, watched)
        changes["claimed_ms"] = state.claimed_ms + length(watched)
    if "position_ms" in payload:
        place = (happened, fact.key, payload["position_ms"])
        changes["position"] = max(state.position, place) if state.position else place
    if fact.kind == EXPERIENCED:
        changes["confirmed_at"] = _earliest(state.confirmed_at, fact.received)
    if fact.kind == ALLOWED:
        changes["allowed"] = state.allowed + 1
    if fact.kind == ANSWERED:
        changes["attempts"] = state.attempts + 1
        points, total = payload["points"], payload["total"]
        mark = (score(points, total), points, total)
        changes["best"] = max(state.best, mark) if state.best else mark
    return replace(state, **changes)
