"""Web, worker, drain, writers and Elasticsearch are killed in the middle of 200 changes; nothing is lost."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from scripts.places import free_port
from tests.processes import ROOT, Site, wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.processes]

BY_WEB = 100
BY_WRITERS = 100
CHILDREN = ("gunicorn", "db_worker", "search_drain")
TOKEN = "t" * 32


@pytest.fixture
def elasticsearch() -> Iterator[Any]:
    """A server of this test's own, because it is killed; None on the embedded engine."""
    if not settings.SEARCH_URL:
        yield None
        return
    from scripts.elasticsearch import Elasticsearch

    with Elasticsearch(os.environ.get("TEST_ELASTICSEARCH_VERSION", "8"), port=free_port()) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, elasticsearch: Any) -> Iterator[Site]:
    with Site(tmp_path, SEARCH_URL=elasticsearch.url if elasticsearch else "") as made:
        yield made


def work(site: Site, *arguments: str) -> Any:
    """Runs `fault_work` on the site's database and index to its end; gives what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.fault_work", *arguments],
        cwd=ROOT, env=site.environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


class Web:
    """An administrator's browser that goes on when the server dies under its hands."""

    def __init__(self, site: Site, session: str) -> None:
        self.site = site
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Referer": site.url,
        }
        self.answered = 0

    def post(self, path: str, **fields: str) -> None:
        request = urllib.request.Request(
            self.site.url + path, data=urllib.parse.urlencode(fields).encode(), headers=self.headers
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.answered += answer.status == 200 and "/login/" not in answer.url
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            time.sleep(0.2)

    def change(self, chance: random.Random, pages: list[int], studios: list[int]) -> None:
        page = chance.choice(pages)
        kind = chance.choice(["publish", "unpublish", "move", "restrict", "lift"])
        if kind == "publish":
            self.post(f"/admin/bulk/wagtailcore/page/publish/?id={page}&next=/admin/")
        elif kind == "unpublish":
            self.post(f"/admin/pages/{page}/unpublish/")
        elif kind == "move":
            self.post(f"/admin/pages/{page}/move/{chance.choice(studios)}/confirm/")
        elif kind == "restrict":
            self.post(
                f"/admin/pages/{page}/privacy/", restriction_type=chance.choice(["login", "password"]), password="x"
            )
        else:
            self.post(f"/admin/pages/{page}/privacy/", restriction_type="none")


class Writers:
    """A process that changes pages through Wagtail; killed and started again until its count is done."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.log = site.place / "writers.log"
        self.runs = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def done(self) -> int:
        return self.log.read_bytes().count(b".") if self.log.exists() else 0

    def go_on(self) -> None:
        if (self.process is None or self.process.poll() is not None) and self.done < BY_WRITERS:
            self.runs += 1
            with self.log.open("ab") as log, (self.site.place / "writers.err").open("ab") as errors:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "tests.search.fault_work", "write", str(self.runs), str(BY_WRITERS - self.done)],
                    cwd=ROOT, env=self.site.environment, stdout=log, stderr=errors,
                )  # fmt: skip

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


def kill_one(site: Site, writers: Writers, chance: random.Random, killed: dict[str, int]) -> None:
    """SIGKILL to one of the processes, each as often as the others."""
    victim = min([*CHILDREN, "writers"], key=lambda name: (killed.get(name, 0), chance.random()))
    if victim == "writers":
        writers.kill()
    else:
        pid = site.children().get(victim)
        if pid is None:
            return
        os.kill(pid, signal.SIGKILL)
    killed[victim] = killed.get(victim, 0) + 1


def settled(site: Site) -> bool:
    """Nothing waits and nothing failed."""
    try:
        with urllib.request.urlopen(f"{site.url}/healthz", timeout=5) as answer:
            told = json.load(answer)
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return False
    return told["pending_changes"]["waiting"] == 0 and told["pending_changes"]["failed"] == 0


def test_after_kills_in_the_middle_of_changes_index_and_database_are_equal(site: Site, elasticsearch: Any):
    seeded = work(site, "seed")
    site.start("--workers", "1")
    chance = random.Random(20260704)
    web, writers, killed = Web(site, seeded["session"]), Writers(site), dict[str, int]()
    web.post(f"/admin/pages/{seeded['pages'][0]}/unpublish/")
    assert web.answered, "the administrator is not signed in: " + site.output()[-2000:]
    next_kill, asked = time.monotonic() + 3, 0
    until = time.monotonic() + 240
    while asked < BY_WEB or writers.done < BY_WRITERS:
        assert time.monotonic() < until, f"{asked} by web, {writers.done} by writers, killed {killed}"
        writers.go_on()
        if asked < BY_WEB:
            web.change(chance, seeded["pages"], seeded["studios"])
            asked += 1
        else:
            time.sleep(0.1)
        if time.monotonic() > next_kill:
            kill_one(site, writers, chance, killed)
            if elasticsearch is not None and asked in range(30, 90) and killed.get("elasticsearch", 0) < 2:
                elasticsearch.kill()
                killed["elasticsearch"] = killed.get("elasticsearch", 0) + 1
                elasticsearch.start()
            next_kill = time.monotonic() + 1.5
    writers.kill()
    assert web.answered > BY_WEB // 3
    assert sum(killed.values()) >= 6, killed
    wait_until(lambda: settled(site), seconds=90, what="all changes are sent")
    told = site.manage("search_audit")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "missing 0，stale 0，orphaned 0，audiences 0" in told.stdout
    assert work(site, "verify") == []
