"""Three nodes; the master is killed while people search and publish and an index is built anew: nobody notices."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from scripts.elasticsearch import Cluster
from search.engines.contract import EngineUnavailable, SearchRequest
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import READ_SECONDS, RETRIES
from tests.processes import ROOT, Site, wait_until
from tests.search.test_faults import settled, work

pytestmark = [pytest.mark.django_db, pytest.mark.processes, pytest.mark.elasticsearch]

CHANGES = 40
# Pages that nobody changes: every search must find all of them, whichever index and node it is answered by.
UNTOUCHED = 15
ASKED = "不动堵漏"
ON_A_PAGE = 10
BETWEEN_SEARCHES = 0.2
# One request of the three that a search may cost, with all its repetitions; the others find the nodes that answer.
MOST_SECONDS = READ_SECONDS * (RETRIES + 1) + 1


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with Cluster(os.environ.get("TEST_ELASTICSEARCH_VERSION", "8")) as started:
        yield started


@pytest.fixture
def site(tmp_path: Path, cluster: Cluster) -> Iterator[Site]:
    with Site(tmp_path, SEARCH_URL=cluster.url) as made:
        yield made


class Load:
    """Searches without end, by the page and by the engine, and builds the index anew without end."""

    def __init__(self, site: Site, engine: ElasticEngine, session: str) -> None:
        self.site, self.engine = site, engine
        self.cookie = {"Cookie": f"sessionid={session}"}
        self.stop = threading.Event()
        self.failures: list[str] = []
        self.seconds: list[float] = []
        self.page_seconds: list[float] = []
        self.rebuilds = 0
        self.threads = [threading.Thread(target=one) for one in (self._pages, self._engine, self._rebuilds)]

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _pages(self) -> None:
        address = f"{self.site.url}/search/?{urllib.parse.urlencode({'q': ASKED})}"
        while not self.stop.wait(BETWEEN_SEARCHES):
            begun = time.monotonic()
            try:
                with urllib.request.urlopen(urllib.request.Request(address, headers=self.cookie), timeout=40) as answer:
                    found = answer.read().decode().count('<li class="result"')
            except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
                self.failures.append(f"page: {error}")
                continue
            self.page_seconds.append(time.monotonic() - begun)
            if found != ON_A_PAGE:
                self.failures.append(f"page: {found} found")

    def _engine(self) -> None:
        while not self.stop.wait(BETWEEN_SEARCHES):
            begun = time.monotonic()
            try:
                total = self.engine.search(SearchRequest(ASKED, None, kind="method")).total
            except EngineUnavailable as error:
                self.failures.append(f"engine: {error}")
                continue
            self.seconds.append(time.monotonic() - begun)
            if total != UNTOUCHED:
                self.failures.append(f"engine: {total} found")

    def _rebuilds(self) -> None:
        while not self.stop.is_set():
            self.rebuilds += self.site.manage("search_rebuild").returncode == 0


class Writers:
    """A process that changes pages while the rest goes on."""

    def __init__(self, site: Site) -> None:
        self.log = site.place / "writers.log"
        command = [sys.executable, "-m", "tests.search.fault_work", "write", "1", str(CHANGES)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=log, stderr=log)

    @property
    def done(self) -> int:
        return self.log.read_bytes().count(b".")

    def end(self) -> None:
        assert self.process.wait(timeout=120) == 0, self.log.read_text()[-2000:]


def master(cluster: Cluster) -> Any:
    with urllib.request.urlopen(f"{cluster.nodes[0].url}/_cat/master?format=json", timeout=10) as answer:
        name = json.load(answer)[0]["node"]
    return cluster.nodes[Cluster.NAMES.index(name)]


def test_a_master_that_is_killed_under_load_costs_no_search_and_no_change(
    site: Site, cluster: Cluster, record_testsuite_property: Callable[[str, object], None]
):
    seeded = work(site, "seed", str(UNTOUCHED))
    site.start("--workers", "1")
    wait_until(lambda: settled(site), seconds=60, what="what was seeded is sent")
    with override_settings(SEARCH_URL=cluster.url, SEARCH_INDEX_PREFIX="chuancheng"):
        engine = ElasticEngine()
    with Load(site, engine, seeded["session"]) as load:
        wait_until(lambda: load.rebuilds > 0, seconds=90, what="an index is built anew before the kill")
        writers = Writers(site)
        victim = master(cluster)
        wait_until(lambda: writers.done >= CHANGES // 10, seconds=60, what="changes are written before the kill")
        victim.kill()
        killed_at, before = time.monotonic(), load.rebuilds
        wait_until(lambda: load.rebuilds > before, seconds=90, what="an index is built anew by two nodes")
        victim.launch()
        # The first after the kill may have begun before it.
        wait_until(lambda: load.rebuilds > before + 1, seconds=90, what="an index is begun and built after the kill")
        writers.end()
        victim.wait(len(cluster.nodes))
        whole_after = time.monotonic() - killed_at
    searched = load.page_seconds + load.seconds
    told = f"{len(searched)} searches, the slowest {max(searched):.1f} s; {load.rebuilds} rebuilds; whole after {whole_after:.0f} s"
    record_testsuite_property("node killed", told)
    assert load.failures == []
    assert max(searched) <= MOST_SECONDS
    wait_until(lambda: settled(site), seconds=60, what="all changes are sent")
    audit = site.manage("search_audit")
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert "missing 0，stale 0，orphaned 0，audiences 0" in audit.stdout
    assert work(site, "verify") == []
