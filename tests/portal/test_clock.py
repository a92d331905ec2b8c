"""What comes round."""

from __future__ import annotations

import threading

import pytest
from django.core.management import call_command, get_commands

from portal.serving import clock
from portal.serving.rules import Job


def test_every_job_is_a_command_that_is_there():
    assert {job.command for job in clock.JOBS} <= set(get_commands())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "job", [job for job in clock.JOBS if job.command != "prune_db_task_results"], ids=lambda job: job.command
)
def test_a_job_of_the_clock_works_on_an_empty_site(job: Job):
    assert clock.job_run(job)


@pytest.mark.django_db
def test_once_does_everything_and_names_what_failed(capsys: pytest.CaptureFixture[str]):
    # Tasks of the tests run at once, so there are no results in the database to prune: that job must fail.
    with pytest.raises(SystemExit):
        call_command("clock", once=True)
    assert capsys.readouterr().err.strip().endswith("失败：prune_db_task_results")


@pytest.mark.django_db
def test_a_job_that_fails_is_told_and_does_not_end_the_clock(caplog: pytest.LogCaptureFixture):
    assert not clock.job_run(Job("migrate", ("no_such_package",)))
    assert "migrate failed" in caplog.text


@pytest.mark.django_db
def test_a_stopped_clock_runs_nothing():
    stop = threading.Event()
    stop.set()
    clock.run(stop)
