"""When what comes round is due. Times are aware and in the site's own zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """A management command that comes round: every so often, or once a day from an hour on."""

    command: str
    arguments: tuple[str, ...] = ()
    every: dt.timedelta | None = None
    daily_at: dt.time | None = None
    at_start: bool = False


def due(jobs: Sequence[Job], now: dt.datetime, last: Mapping[str, dt.datetime]) -> list[Job]:
    """The jobs to run now; `last` says when each was run before (by this process)."""
    return [job for job in jobs if _is_due(job, now, last.get(job.command))]


def _is_due(job: Job, now: dt.datetime, before: dt.datetime | None) -> bool:
    if before is None and job.at_start:
        return True
    if job.every is not None:
        return before is None or now - before >= job.every
    if job.daily_at is None:
        return False
    hour = dt.datetime.combine(now.date(), job.daily_at, tzinfo=now.tzinfo)
    if before is not None:
        return before < hour <= now
    # Never run by this process: only within the hour, so that a restart at noon starts no night's work.
    return hour <= now < hour + dt.timedelta(hours=1)
