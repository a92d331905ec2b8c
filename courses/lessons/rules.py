"""When is a lesson done? One rule a type: parameters and state in, verdict with reasons out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.lessons.intervals import clip, length
from courses.lessons.state import LessonState


@dataclass(frozen=True)
class Reason:
    """Something that is still missing: a code that wording turns into a sentence, and its figures."""

    code: str
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """`missing` is empty where the lesson is done."""

    missing: tuple[Reason, ...] = ()

    @property
    def done(self) -> bool:
        """True where nothing is missing."""
        return not self.missing


Rule = Callable[[Mapping[str, Any], LessonState], Verdict]


def reading_rule(params: Mapping[str, Any], state: LessonState) -> Verdict:
    """Read to the end and confirmed, after at least `min_seconds` of study."""
    missing = []
    left = params.get("min_seconds", 0) - state.study_seconds
    if left > 0:
        missing.append(Reason("read_longer", {"seconds": left}))
    if state.confirmed_at is None:
        missing.append(Reason("not_confirmed"))
    return Verdict(tuple(missing))


def watched_ms(params: Mapping[str, Any], state: LessonState) -> int:
    """Distinct milliseconds of the video that were watched; what lies outside the video counts nothing."""
    return length(clip(state.watched, 0, params["duration_ms"]))


def watched_percent(params: Mapping[str, Any], state: LessonState) -> int:
    """Distinct share watched, rounded down; 100 only where all of it was seen."""
    return watched_ms(params, state) * 100 // params["duration_ms"] if params["duration_ms"] else 0


def video_rule(params: Mapping[str, Any], state: LessonState) -> Verdict:
    """A share of distinct seconds (`threshold_percent`) was watched; watching a part twice counts once."""
    needed = -(-params["duration_ms"] * params["threshold_percent"] // 100)
    left = needed - watched_ms(params, state)
    if left > 0 or not params["duration_ms"]:
        figures = {
            "seconds": -(-max(left, 0) // 1000),
            "percent": watched_percent(params, state),
            "threshold": params["threshold_percent"],
        }
        return Verdict((Reason("watch_more", figures),))
    return Verdict()


def attempts_left(params: Mapping[str, Any], state: LessonState) -> int | None:
    """Attempts that remain, or None where they are not limited."""
    limit = params.get("max_attempts", 0)
    return max(0, limit + state.allowed - state.attempts) if limit else None


def quiz_rule(params: Mapping[str, Any], state: LessonState) -> Verdict:
    """The best attempt reaches the pass mark (`pass_score`, of 100)."""
    need = params["pass_score"]
    if state.best_score is not None and state.best_score >= need:
        return Verdict()
    missing = [Reason("quiz_score", {"need": need} | ({"best": state.best_score} if state.best else {}))]
    if attempts_left(params, state) == 0:
        missing.append(Reason("no_attempts_left", {"attempts": state.attempts}))
    return Verdict(tuple(missing))


def unknown_rule(params: Mapping[str, Any], state: LessonState) -> Verdict:
    """A type that is no longer installed cannot be finished; what was finished stays so."""
    return Verdict((Reason("unknown_type"),))
