"""The thread beside the requests of a web process."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError

from search import companion
from search.companion import Companion
from search.dictionary import live
from tests.processes import wait_until


@pytest.fixture
def rounds(monkeypatch):
    """Counts what the thread does, without a database."""
    counted = {"follow": 0, "flush": 0}
    monkeypatch.setattr(live, "follow", lambda: counted.__setitem__("follow", counted["follow"] + 1))
    monkeypatch.setattr(companion, "flush", lambda: counted.__setitem__("flush", counted["flush"] + 1))
    monkeypatch.setattr(companion, "FLUSH_ROUNDS", 2)
    return counted


def test_it_follows_when_woken_and_writes_down_every_few_rounds(rounds, monkeypatch):
    monkeypatch.setattr(companion, "FOLLOW_SECONDS", 30)
    one = Companion()
    one.start()
    one.start()
    wait_until(lambda: rounds["follow"] == 1, seconds=5, what="the first round")
    one.wake()
    wait_until(lambda: rounds == {"follow": 2, "flush": 1}, seconds=5, what="the second round")
    assert sum(thread.name == "search-companion" for thread in threading.enumerate()) == 1
    one.stop()
    assert not any(thread.name == "search-companion" for thread in threading.enumerate())


def test_it_goes_on_after_the_database_was_away(rounds, monkeypatch):
    def away():
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(live, "follow", away)
        patched.setattr(companion.connection, "close", lambda: None)
        assert not Companion().round()
    assert Companion().round()


def test_a_forked_process_begins_anew_where_one_ran(rounds):
    idle = Companion()
    idle.restart()
    assert idle._thread is None
    idle.start()
    wait_until(lambda: rounds["follow"] == 1, seconds=5, what="it begins")
    idle.stop()
    first = idle._thread
    idle.restart()
    assert idle._thread is not first
    wait_until(lambda: rounds["follow"] >= 2, seconds=5, what="it begins again")
    idle.stop()
