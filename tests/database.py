"""The test database: migrated once, kept in the cache, copied for every run, worker and transactional test.

Migrating Wagtail from nothing takes most of a minute. The cache holds two states, named by a hash of the migration
files behind them: "base" (third-party packages and people) and "full" (everything). A changed migration of `kb`
starts from "base".
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase

from scripts.places import cache_dir
from scripts.postgres import binaries

ABOVE_PEOPLE = {"config", "portal", "apprenticeships", "courses", "kb", "studios", "search"}
KEEP_DAYS = 3


def _place() -> Path:
    place = cache_dir() / "testdb"
    place.mkdir(exist_ok=True)
    return place


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process of the machine migrates at a time."""
    with (_place() / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _digest(configs: list[AppConfig]) -> str:
    seen = hashlib.sha256(f"{django.__version__} {connection.vendor}".encode())
    for config in sorted(configs, key=lambda config: config.label):
        # What runs after each migration counts too: the rights of the role groups are written then.
        after = [Path(config.path) / "apps.py", Path(config.path) / "roles" / "permissions.py"]
        for path in [*sorted((Path(config.path) / "migrations").glob("*.py")), *after]:
            if path.exists():
                seen.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def _states() -> tuple[Path, Path]:
    configs = list(apps.get_app_configs())
    low = [config for config in configs if config.label not in ABOVE_PEOPLE]
    ending = "sqlite3" if connection.vendor == "sqlite" else "sql"
    return _place() / f"base-{_digest(low)}.{ending}", _place() / f"full-{_digest(configs)}.{ending}"


def full_state() -> Path:
    """The file of the cache that holds the whole migrated database (there once a test has asked for the database)."""
    return _states()[1]


def _migrate_base() -> None:
    """Third-party packages and people, without the work after each migration (the full migration does it)."""
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] not in ABOVE_PEOPLE])


def _build(database: Any, full: Path, base: Path) -> None:
    database.empty()
    if base.exists():
        database.load(base)
    else:
        _migrate_base()
        database.save(base)
    call_command("migrate", verbosity=0, interactive=False)
    database.save(full)
    for old in _place().glob("*-*.*"):
        if old.stat().st_mtime < time.time() - KEEP_DAYS * 86400:
            old.unlink(missing_ok=True)


class SqliteDatabase:
    """A file; a state is a copy of it."""

    def __init__(self) -> None:
        self.path = Path(settings.DATABASES["default"]["NAME"])
        self.full: Path

    def empty(self) -> None:
        connection.close()
        for path in self.path.parent.glob(self.path.name + "*"):
            path.unlink()

    def load(self, state: Path) -> None:
        connection.close()
        shutil.copy(state, self.path)
        state.touch()

    def save(self, state: Path) -> None:
        connection.ensure_connection()
        fresh = state.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as copy:
            connection.connection.backup(copy)
        connection.close()
        fresh.rename(state)

    def prepare(self) -> None:
        base, self.full = _states()
        with _alone():
            if not self.full.exists():
                _build(self, self.full, base)
        self.empty()
        self.load(self.full)

    def restore(self) -> None:
        """Back to the freshly migrated state, also under the open connections of a live server."""
        connection.ensure_connection()
        with closing(sqlite3.connect(self.full)) as source:
            source.backup(connection.connection)

    def drop(self) -> None:
        connections.close_all()
        self.empty()


class PostgresDatabase:
    """A database made from a template of the same server; a state in the cache is an SQL dump."""

    def __init__(self) -> None:
        self.name = str(settings.DATABASES["default"]["NAME"])
        self.template = ""

    def _sql(self, *statements: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _url(self, name: str) -> str:
        return str(settings.TEST_SERVER_URL).rsplit("/", 1)[0] + f"/{name}"

    def empty(self) -> None:
        self._sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)', f'CREATE DATABASE "{self.name}"')

    def load(self, state: Path) -> None:
        connections.close_all()
        subprocess.run(
            ["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", self._url(self.name), "-f", state],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        state.touch()

    def save(self, state: Path) -> None:
        fresh = state.with_suffix(".new")
        subprocess.run([binaries() / "pg_dump", "-d", self._url(self.name), "-O", "-f", fresh], check=True)
        fresh.rename(state)

    def prepare(self) -> None:
        base, full = _states()
        self.template = f"template_{full.stem.replace('-', '_')}"
        with _alone():
            if not self._exists(self.template):
                if full.exists():
                    self.empty()
                    self.load(full)
                else:
                    _build(self, full, base)
                self._sql(f'ALTER DATABASE "{self.name}" RENAME TO "{self.template}"')
        self.restore()

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def restore(self) -> None:
        self._sql(
            f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}" STRATEGY FILE_COPY',
        )

    def drop(self) -> None:
        self._sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def test_database() -> SqliteDatabase | PostgresDatabase:
    """The database of this process; call `prepare()` before its first use."""
    return SqliteDatabase() if connection.vendor == "sqlite" else PostgresDatabase()


test_database.__test__ = False  # type: ignore[attr-defined]


def restore_after_transactional_tests(database: SqliteDatabase | PostgresDatabase) -> None:
    """Transactional tests (and live servers) leave the freshly migrated state behind instead of empty tables.

    Quicker than Django's flush of each table, keeps Wagtail's root page and locale, and does not touch the
    append-only triggers.
    """

    def teardown(self: Any) -> None:
        database.restore()
        cache.clear()

    TransactionTestCase._fixture_teardown = teardown
