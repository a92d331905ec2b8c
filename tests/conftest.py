"""What all tests share: a database from the cache, no network, no silent skip, a browser, the servers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from search.analysis import dictionary
from search.insight import buffer as insight
from tests import network
from tests.database import restore_after_transactional_tests, test_database

pytest_plugins = ["tests.browser"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated database for this process."""
    database = test_database()
    with django_db_blocker.unblock():
        database.prepare()
    restore_after_transactional_tests(database)
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    network.guard(monkeypatch)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What one test put into the cache, or asked and not yet counted, or taught to cut by, is not seen by the next."""
    before = dictionary.current()
    yield
    cache.clear()
    insight.take()
    dictionary.use(before)


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A running Elasticsearch: the one of `scripts/test.py`, else one of this session's own."""
    from scripts.elasticsearch import Elasticsearch, Missing

    try:
        with Elasticsearch(os.environ.get("TEST_ELASTICSEARCH_VERSION", "8")) as server:
            yield server.url
    except Missing as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A running PostgreSQL: the one of `scripts/test.py`, else one of this session's own."""
    from scripts.postgres import Missing, Postgres

    try:
        with Postgres() as server:
            yield server.url
    except Missing as reason:
        pytest.skip(str(reason))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that wait longest come first: begun last, they would keep one process while the others stand idle."""
    weights = dict.fromkeys((item.path for item in items), 0)
    for item in items:
        weights[item.path] = max(weights[item.path], _weight(item))
    items.sort(key=lambda item: -weights[item.path])


def _weight(item: pytest.Item) -> int:
    """Killed processes, then browsers, then the rest."""
    return 2 if item.get_closest_marker("processes") else 1 if item.get_closest_marker("journey") else 0


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    told = []
    for report in reporter.stats.get("skipped", []) if reporter else []:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        told.append(f"{report.nodeid}: {reason}")
    return told


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI there is no excuse: a skipped test fails the run."""
    if os.environ.get("CI") == "true" and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Skipped tests are named, with what installs their server."""
    skipped = _skipped(config)
    if skipped:
        verdict = (
            "FAILS IN CI" if os.environ.get("CI") == "true" else "install what is missing: bash scripts/ci_install.sh"
        )
        terminalreporter.section(f"{len(skipped)} skipped ({verdict})", red=True)
        for line in skipped:
            terminalreporter.write_line(line)


def pytest_unconfigure() -> None:
    """Files of this process go with it."""
    if settings.configured:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
