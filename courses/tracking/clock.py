"""What the clock allows: nobody studies faster than time passes. Plain values, milliseconds since 1970 (UTC)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courses.lessons.intervals import length
from courses.lessons.state import LessonState

MAX_SPEED = 2
SLACK_MS = 5_000
MAX_OPEN_MS = 30 * 24 * 3600 * 1000
MAX_SECONDS = 300


@dataclass(frozen=True)
class Window:
    """Between when may a thing have happened: the lesson was opened, the server heard of it."""

    opened: int
    received: int

    @property
    def is_stale(self) -> bool:
        """True where the lesson was opened too long ago (or in the future)."""
        return not 0 <= self.received - self.opened <= MAX_OPEN_MS


def happened(device_at: int | None, window: Window) -> int:
    """The device's time where it can be true, else the nearest moment that can."""
    return window.received if device_at is None else min(max(device_at, window.opened), window.received)


def seconds_allowed(seconds: int, at: int, window: Window) -> int:
    """Study seconds up to the moment `at`, no more than passed since the lesson was opened."""
    return max(0, min(seconds, (at - window.opened) // 1000))


def watching_is_possible(watched: Sequence[tuple[int, int]], state: LessonState, window: Window) -> bool:
    """True where this much video can have been played since this opening, and all of it since the first."""
    new = length(watched)
    first = window.opened if state.launched_at is None else min(state.launched_at, window.opened)
    since_opening = (window.received - window.opened) * MAX_SPEED + SLACK_MS
    since_first = (window.received - first) * MAX_SPEED + SLACK_MS
    return new <= since_opening and state.claimed_ms + new <= since_first
