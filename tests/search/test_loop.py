"""The drain as a process: one works, the others stand by; it rests while the engine is away and ends when told."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from search.engines.contract import EngineUnavailable
from search.models import SearchIndex, SearchObject
from search.services.objects import objects_changed
from search.sync.audit import audit
from search.sync.drain import drain_all
from search.sync.leader import Leadership
from search.sync.loop import DrainLoop
from tests.factories.kb import make_method


@pytest.fixture
def loop():
    made = DrainLoop(threading.Event())
    yield made
    made.leadership.leave()


@pytest.mark.django_db
def test_a_round_sends_and_then_waits_for_a_change(engine, loop):
    page = make_method(published=True)
    assert loop.round() == 0.0
    assert loop.round() is None
    assert not SearchObject.objects.filter(key=page.page_key, due_at__isnull=False).exists()


@pytest.mark.django_db
def test_it_rests_longer_while_the_engine_is_away_and_starts_afresh_after(engine, loop, monkeypatch):
    make_method(published=True)

    def away(*_args):
        raise EngineUnavailable("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(type(engine), "apply", away)
        assert [loop.round() for _time in range(3)] == [0.5, 1.0, 2.0]
    assert loop.round() == 0.0
    assert loop.failures == 0


@pytest.mark.django_db
def test_one_leads_at_a_time(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    def elsewhere() -> bool:
        """Whether another process could lead (a thread has a session and a file handle of its own, too)."""
        other = Leadership()
        try:
            taken = other.take()
            other.leave()
            return taken
        finally:
            connection.close()

    first = Leadership()
    with ThreadPoolExecutor(1) as pool:
        assert first.take() and first.take()
        assert not pool.submit(elsewhere).result()
        first.leave()
        assert pool.submit(elsewhere).result()


@pytest.mark.django_db(transaction=True)
def test_it_runs_until_it_is_told_to_stop(engine):
    stop = threading.Event()

    def run() -> None:
        try:
            DrainLoop(stop).run()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    page = make_method(published=True)
    until = time.monotonic() + 30
    name = ("method", str(page.page_key))
    while name not in {(item.kind, item.key) for item in _stored(engine)}:
        assert time.monotonic() < until, "not sent"
        time.sleep(0.05)
    stop.set()
    thread.join(timeout=30)
    assert not thread.is_alive()


def _stored(engine):
    index = engine.alias_index()
    return list(engine.stored(index)) if index else []


@pytest.mark.django_db(transaction=True)
def test_several_drains_and_writers_at_once_end_equal(engine):
    pages = [make_method(published=True) for _number in range(6)]
    drain_all(engine)

    def write(number: int) -> None:
        try:
            for page in pages[number::3]:
                page.title = f"{page.title}改"
                page.save_revision().publish()
                objects_changed("method", [str(other.page_key) for other in reversed(pages)])
        finally:
            connection.close()

    def drain(_number: int) -> None:
        try:
            for _time in range(4):
                drain_all(engine)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(write, number) for number in range(3)] + [pool.submit(drain, number) for number in range(3)]
    for one in done:
        one.result()
    drain_all(engine)
    report = audit(engine)
    assert report.clean, report
    assert (report.waiting, report.failed) == (0, 0)


@pytest.mark.django_db
def test_the_commands_do_what_they_say(engine, capsys):
    make_method(published=True)
    call_command("search_drain", "--once")
    assert "送出 2" in capsys.readouterr().out
    before = SearchIndex.objects.get().name
    call_command("search_rebuild")
    assert SearchIndex.objects.get().name != before
    call_command("search_status")
    assert SearchIndex.objects.get().name in capsys.readouterr().out
    call_command("search_audit")
    engine.index_delete(engine.alias_index())
    page = make_method(published=True)
    call_command("search_drain", "--once")
    assert len(_stored(engine)) == 4
    type(page).objects.update(live=False)
    with pytest.raises(SystemExit) as ended:
        call_command("search_audit")
    assert ended.value.code == 1
    call_command("search_audit", "--heal")
    assert "orphaned 0" in capsys.readouterr().out.splitlines()[-1]
