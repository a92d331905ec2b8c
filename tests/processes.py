"""The whole site as real processes, with a database of its own, for tests of faults and of `serve`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from scripts.places import free_port
from tests.database import full_state

ROOT = Path(__file__).resolve().parents[1]


def wait_until(true: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Looks ten times a second; raises AssertionError with `what` when the time is over."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Site:
    """`manage.py serve` on a port of its own, over a fresh copy of the migrated database.

    `environment` adds variables (SEARCH_URL …). Context manager; `output()` is what it printed so far.
    """

    def __init__(self, place: Path, *, port: int | None = None, **environment: str) -> None:
        self.place = place
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._database = ""
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev", "DEBUG": "0", "PYTHONUNBUFFERED": "1",
            "VAR_DIR": str(place), "DATABASE_URL": self._copy_database(), "SEARCH_URL": "",
        } | environment  # fmt: skip
        self._log = (place / "serve.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def _copy_database(self) -> str:
        if connection.vendor == "sqlite":
            target = self.place / "chuancheng.sqlite3"
            shutil.copy(full_state(), target)
            return f"sqlite:///{target}"
        self._database = f"{connection.settings_dict['NAME']}_site_{self.port}"
        template = f"template_{full_state().stem.replace('-', '_')}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self._database}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return settings.TEST_SERVER_URL.rsplit("/", 1)[0] + f"/{self._database}"

    def start(self, *arguments: str) -> Site:
        """Starts and waits until the address answers."""
        self.launch(*arguments)
        wait_until(self.answers, seconds=60, what=f"the site answers; it said: {self.output()[-3000:]}")
        return self

    def launch(self, *arguments: str) -> None:
        """Starts without waiting."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port), *arguments],
            cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a management command on the same database and index."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip

    def answers(self) -> bool:
        """Whether the web server answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz/live", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def children(self) -> dict[str, int]:
        """Pids by what they run: gunicorn, db_worker, files_worker, search_drain, clock."""
        assert self.process is not None
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                    words = (entry / "cmdline").read_bytes().decode().split("\0")
                except OSError:
                    continue
                if parent == self.process.pid:
                    name = next(
                        (
                            word
                            for word in words
                            if word in {"gunicorn", "db_worker", "files_worker", "search_drain", "clock"}
                        ),
                        "",
                    )
                    if name:
                        found[name] = int(entry.name)
        return found

    def output(self) -> str:
        """Everything it printed."""
        return (self.place / "serve.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> int:
        """SIGTERM, waits; gives the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process is not None and self.process.poll() is None:
            children = self.children().values()
            self.process.kill()
            self.process.wait()
            wait_until(lambda: not any(map(alive, children)), seconds=30, what="the children end with their parent")
        self._log.close()
        if self._database:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')
