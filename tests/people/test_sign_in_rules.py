"""When a door shuts."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from people.sign_in.rules import LIMITS, Count, Limit, attempt, minutes_to_wait

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
FIVE = Limit(5, 15 * MINUTE, 15 * MINUTE)


def knock(times: int, limit: Limit = FIVE, step: dt.timedelta = dt.timedelta(seconds=1)) -> tuple[Count, dt.datetime]:
    count, now = None, NOW
    for _ in range(times):
        count = attempt(count, limit, now)
        now += step
    assert count is not None
    return count, now


def test_the_allowed_failures_leave_the_door_open() -> None:
    count, now = knock(5)
    assert count.failures == 5
    assert minutes_to_wait(count, now) == 0


def test_the_attempt_after_them_shuts_it_and_says_for_how_long() -> None:
    count, now = knock(6)
    assert minutes_to_wait(count, now) == 15
    assert minutes_to_wait(count, now + 14 * MINUTE) == 1
    assert minutes_to_wait(count, now + 15 * MINUTE) == 0


def test_knocking_at_a_shut_door_does_not_lengthen_the_wait() -> None:
    shut, now = knock(6)
    assert attempt(shut, FIVE, now + 10 * MINUTE) == shut


def test_after_the_wait_one_starts_anew() -> None:
    shut, now = knock(6)
    assert attempt(shut, FIVE, now + 15 * MINUTE) == Count(1, now + 15 * MINUTE)


def test_failures_long_ago_are_forgotten() -> None:
    count, _now = knock(5)
    assert attempt(count, FIVE, NOW + 15 * MINUTE).failures == 1


@given(st.lists(st.integers(0, 1200), min_size=1, max_size=80), st.sampled_from(sorted(LIMITS)))
def test_never_more_attempts_than_allowed_are_judged_within_a_window(gaps: list[int], kind: str) -> None:
    limit, count, now, judged = LIMITS[kind], None, NOW, []
    for gap in gaps:
        now += dt.timedelta(seconds=gap)
        count = attempt(count, limit, now)
        if not minutes_to_wait(count, now):
            judged.append(now)
    for start in judged:
        # A window of our own may begin in the middle of two of the count's.
        inside = [at for at in judged if start <= at < start + limit.window]
        assert len(inside) <= 2 * limit.failures
