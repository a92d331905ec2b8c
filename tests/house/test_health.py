"""`/healthz` says what is well, what waits and what is away."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from scripts.places import free_port
from search.engines import get_engine
from search.models import SearchIndex, SearchObject, SearchSent
from search.sync.drain import drain_all

pytestmark = pytest.mark.django_db


def told(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/healthz")
    return answer.status_code, json.loads(answer.content)


def waiting(minutes: int) -> SearchObject:
    then = timezone.now() - dt.timedelta(minutes=minutes)
    return SearchObject.objects.create(kind="method", key="k", wanted_version=1, due_at=then, changed_at=then)


def test_a_site_that_is_well_says_so_part_by_part(client: Client):
    drain_all()
    status, parts = told(client)
    assert status == 200
    assert parts["ok"]
    assert set(parts) == {"ok", "database", "search", "pending_changes", "tasks", "files"}
    assert parts["pending_changes"]["waiting"] == parts["tasks"]["waiting"] == 0


def test_a_change_that_waits_a_moment_is_no_alarm(client: Client):
    drain_all()
    waiting(minutes=1)
    status, parts = told(client)
    assert status == 200
    assert parts["pending_changes"]["waiting"] == 1


def test_a_change_that_waits_too_long_is(client: Client):
    drain_all()
    waiting(minutes=10)
    status, parts = told(client)
    assert status == 503
    assert not parts["pending_changes"]["ok"]
    assert parts["database"]["ok"]


def test_a_change_that_failed_is_counted(client: Client):
    drain_all()
    row = waiting(minutes=1)
    SearchSent.objects.create(object=row, index=SearchIndex.objects.get(), attempts=2, error="no")
    assert told(client)[1]["pending_changes"]["failed"] == 1


def test_a_task_that_nobody_takes_is_an_alarm(client: Client):
    drain_all()
    row = DBTaskResult.objects.create(
        task_path="x.y", args_kwargs={"args": [], "kwargs": {}}, queue_name="default", backend_name="default", run_after=timezone.now(),
        exception_class_path="", traceback="",
    )  # fmt: skip
    assert told(client)[0] == 200
    DBTaskResult.objects.filter(pk=row.pk).update(
        enqueued_at=timezone.now() - dt.timedelta(hours=1), run_after=timezone.now() - dt.timedelta(hours=1)
    )
    status, parts = told(client)
    assert status == 503
    assert parts["tasks"] == {"ok": False, "waiting": 1, "failed": 0, "ms": parts["tasks"]["ms"]}


def test_an_engine_that_is_away_is_told_without_its_address(client: Client):
    port = free_port()
    with override_settings(SEARCH_URL=f"http://user:hidden@127.0.0.1:{port}"):
        assert get_engine().name != ""
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["search"]["ok"] is False
    assert "hidden" not in answer.content.decode()
    assert str(port) not in answer.content.decode()


def test_being_alive_asks_nothing_of_the_database(client: Client, django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        assert client.get("/healthz/live").status_code == 200


def test_only_looking_is_allowed(client: Client):
    assert client.post("/healthz").status_code == 405
    assert not settings.DEBUG
