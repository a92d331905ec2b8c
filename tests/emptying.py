"""Emptying the test database between transactional tests although some tables refuse deletion.

PostgreSQL empties by TRUNCATE, which row triggers do not see; SQLite by DELETE, so the triggers step aside for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%!_append!_only!_%' ESCAPE '!'"


@contextmanager
def append_only_aside() -> Iterator[None]:
    """Takes SQLite's append-only triggers away for the block and puts them back."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        triggers = cursor.execute(TRIGGERS).fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)


def let_transactional_tests_empty_the_database() -> None:
    """Called once by tests/conftest.py."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        with append_only_aside():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
