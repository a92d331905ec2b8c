"""After a first fill PostgreSQL knows how much there is, without waiting for its own count."""

from __future__ import annotations

import pytest
from django.db import connection

from people.audience import audience_for
from search.suggest import statistics
from search.suggest.entries import Entry
from search.suggest.store import owners_write


@pytest.fixture(autouse=True)
def _nothing_written(monkeypatch):
    monkeypatch.setattr(statistics._Written, "owners", 0)
    monkeypatch.setattr(statistics._Written, "due", 20)


def rows_known() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'search_suggestionkey'")
        return int(cursor.fetchone()[0])


def write(first: int, count: int) -> None:
    everybody = audience_for(()).pk
    owners_write(
        {
            ("method", str(number)): [Entry("method", f"第{number}种堵漏法", everybody)]
            for number in range(first, first + count)
        }
    )


@pytest.mark.django_db(transaction=True)
def test_a_fill_is_counted_when_it_is_committed_then_at_twice_as_much():
    if connection.vendor != "postgresql":
        write(0, 50)
        assert statistics._Written.owners == 0
        return
    write(0, 10)
    before = rows_known()
    write(10, 15)
    counted = rows_known()
    assert counted > max(before, 25)
    write(25, 10)
    assert rows_known() == counted
    write(35, 20)
    assert rows_known() > counted
