"""Runs what comes round, one after the other, in one process."""

from __future__ import annotations

import datetime as dt
import io
import logging
import threading
from collections.abc import Sequence

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from portal.serving.rules import Job, due

log = logging.getLogger(__name__)

MINUTE = dt.timedelta(minutes=1)
NIGHT = dt.time(2, 30)
JOBS: tuple[Job, ...] = (
    Job("publish_scheduled", every=MINUTE),
    Job("files_read", ("--due",), every=MINUTE),
    Job("people_roles_sync", daily_at=dt.time(0, 5), at_start=True),
    Job("clearsessions", daily_at=NIGHT),
    Job("prune_db_task_results", daily_at=NIGHT),
    Job("files_tidy", daily_at=NIGHT),
    Job("search_insight_prune", daily_at=NIGHT),
    Job("search_audit", ("--heal",), daily_at=NIGHT),
)
LOOK_EVERY_SECONDS = 5.0


def job_run(job: Job) -> bool:
    """Runs a job; False where it failed (it comes round again). What it says goes to the log."""
    told = io.StringIO()
    try:
        call_command(job.command, *job.arguments, verbosity=0, stdout=told)
    except (CommandError, DatabaseError, OSError) as reason:
        log.warning("%s failed: %s", job.command, reason)
        return False
    except SystemExit as reason:
        # How our commands say that something is not well; the sentence is on standard error.
        log.warning("%s ended with %s", job.command, reason.code)
        return not reason.code
    if told.getvalue():
        log.info("%s: %s", job.command, told.getvalue().strip())
    return True


def run(stop: threading.Event, jobs: Sequence[Job] = JOBS) -> None:
    """Until `stop` is set."""
    last: dict[str, dt.datetime] = {}
    while not stop.is_set():
        now = timezone.localtime()
        for job in due(jobs, now, last):
            if stop.is_set():
                return
            job_run(job)
            last[job.command] = now
        close_old_connections()
        stop.wait(LOOK_EVERY_SECONDS)
