"""When what comes round is due."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.serving.rules import Job, due

ZONE = ZoneInfo("Asia/Shanghai")
OFTEN = Job("often", every=dt.timedelta(minutes=1))
NIGHTLY = Job("nightly", daily_at=dt.time(2, 30))
EAGER = Job("eager", daily_at=dt.time(0, 5), at_start=True)
NEVER = Job("never")


def at(hour: int, minute: int = 0, day: int = 10) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def test_a_restart_at_noon_starts_no_nights_work_but_what_is_due_at_start():
    assert due([OFTEN, NIGHTLY, EAGER, NEVER], at(12), {}) == [OFTEN, EAGER]


def test_the_nights_work_starts_in_its_hour():
    assert due([NIGHTLY], at(2, 29), {}) == []
    assert due([NIGHTLY], at(2, 30), {}) == [NIGHTLY]
    assert due([NIGHTLY], at(3, 30), {}) == []


def test_the_nights_work_is_done_once_a_night_even_when_it_was_late():
    assert due([NIGHTLY], at(4), {"nightly": at(2, 30)}) == []
    assert due([NIGHTLY], at(2, 31, day=11), {"nightly": at(2, 30)}) == [NIGHTLY]
    assert due([NIGHTLY], at(9, day=11), {"nightly": at(2, 30)}) == [NIGHTLY]


def test_what_comes_every_minute_waits_for_its_minute():
    assert due([OFTEN], at(12, 1), {"often": at(12)}) == [OFTEN]
    assert due([OFTEN], at(12) + dt.timedelta(seconds=59), {"often": at(12)}) == []


@given(st.integers(min_value=0, max_value=3 * 24 * 12))
def test_looking_every_five_minutes_runs_the_nights_work_once_a_night(steps: int):
    last: dict[str, dt.datetime] = {}
    runs, now = [], at(1)
    for _step in range(steps):
        for job in due([NIGHTLY], now, last):
            last[job.command] = now
            runs.append(now.date())
        now += dt.timedelta(minutes=5)
    assert len(runs) == len(set(runs))
