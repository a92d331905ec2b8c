"""`manage.py serve` with real processes."""

from __future__ import annotations

import io
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import OutputWrapper

from portal.management.commands.serve import _UntilSignIns
from tests.processes import Site, alive, wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.processes]
ALL = {"gunicorn", "db_worker", "files_worker", "search_drain", "clock"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path) as made:
        yield made


def everything_runs(site: Site) -> bool:
    return set(site.children()) == ALL


def test_web_worker_drain_and_clock_start_together_and_end_together(site: Site):
    site.start("--workers", "1")
    wait_until(lambda: everything_runs(site), seconds=20, what="four children")
    children = site.children()
    wait_until(lambda: site.url in site.output(), seconds=10, what="the address is told")
    assert site.stop() == 0
    assert not any(alive(pid) for pid in children.values())
    assert "传承已停止" in site.output()


def test_no_child_outlives_a_killed_parent(site: Site):
    site.start("--workers", "1")
    wait_until(lambda: everything_runs(site), seconds=20, what="four children")
    children = site.children()
    assert site.process is not None
    site.process.kill()
    site.process.wait()
    wait_until(lambda: not any(alive(pid) for pid in children.values()), seconds=30, what="no orphans")


def test_a_killed_child_comes_back(site: Site):
    site.start("--workers", "1")
    wait_until(lambda: everything_runs(site), seconds=20, what="four children")
    before = site.children()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    wait_until(
        lambda: everything_runs(site) and not set(site.children().values()) & set(before.values()),
        seconds=40,
        what="four new ones",
    )
    wait_until(site.answers, seconds=40, what="the site answers again")
    assert site.stop() == 0


def test_a_taken_port_is_told_before_anything_starts(site: Site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        site.launch()
        assert site.process is not None
        assert site.process.wait(timeout=40) == 1
    assert "占用" in site.output()
    assert f"PORT={site.port + 1}" in site.output()


def test_an_old_database_is_not_served(tmp_path: Path):
    with Site(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}") as site:
        site.launch()
        assert site.process is not None
        assert site.process.wait(timeout=40) == 1
        assert "manage.py migrate" in site.output()


def test_a_web_server_that_cannot_start_ends_everything(tmp_path: Path):
    # The supervisor starts with one configuration, the web server reads another that does not hold.
    with Site(tmp_path, GUNICORN_CMD_ARGS="--user no-such-user") as site:
        site.launch()
        assert site.process is not None
        assert site.process.wait(timeout=60) == 1
        assert "网页服务启动不了" in site.output()


def test_sign_ins_are_kept_for_the_end():
    shown = OutputWrapper(io.StringIO())
    told = OutputWrapper(_UntilSignIns(shown))
    for line in ("正在装载演示内容……", "演示登录（密码都是 x）：", "  T0001  学员"):
        told.write(line)
    assert shown.getvalue() == "正在装载演示内容……\n"
    assert told.kept.getvalue() == "演示登录（密码都是 x）：\n  T0001  学员\n"
