"""Runs tests with the servers they need.

python scripts/test.py                                   the whole of `make test`: three runs, coverage of two
python scripts/test.py --database postgresql -- tests/kb only these tests, on PostgreSQL
python scripts/test.py --search elasticsearch --es 9 -- tests/search -k alias
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree  # noqa: S405 - only reads what pytest wrote
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import elasticsearch, postgres  # noqa: E402

OUT = ROOT / ".cache" / "tests"
# Two processes: killed children and browsers are given time limits, which three on two cores exceed.
IN_PROCESSES = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=20", "--durations-min=5"]
IN_CI = os.environ.get("CI") == "true"


@dataclass
class Run:
    """One run of pytest: its name, where rows and search live, which tests; a mark that other runs have; coverage."""

    name: str
    database: str = "sqlite"
    search: str = "embedded"
    es: str = "8"
    tests: list[str] = field(default_factory=lambda: ["tests"])
    left_out: str = ""
    is_measured: bool = True
    exit_code: int = 0


WHOLE = [
    # What asks a server of its own runs in the next, once.
    Run("sqlite-embedded", left_out="elasticsearch"),
    # Coverage would cost it six tenths of its time for the lines that the other two do not reach: statements of
    # PostgreSQL and a lost server.
    Run("postgresql-elasticsearch8", database="postgresql", search="elasticsearch", es="8", is_measured=False),
    Run("elasticsearch9-contract", search="elasticsearch", es="9", tests=["tests/search/engines"]),
]


def execute(run: Run, extra: list[str], *, coverage: bool) -> int:
    """Starts the servers, runs pytest, ends the servers; returns pytest's exit code."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TEST_")}
    environment |= {"TEST_DATABASE": run.database, "TEST_SEARCH": run.search, "TEST_ELASTICSEARCH_VERSION": run.es}
    with ExitStack() as servers:
        told = [f"Python {platform.python_version()}"]
        if run.database == "postgresql":
            database = servers.enter_context(postgres.Postgres())
            environment["TEST_DATABASE_URL"] = database.url
            told.append(database.version)
        else:
            told.append(f"SQLite {sqlite3.sqlite_version}")
        if run.search == "elasticsearch":
            engine = servers.enter_context(elasticsearch.Elasticsearch(run.es))
            environment["ELASTICSEARCH_URL"] = engine.url
            told.append(engine.version)
        else:
            told.append(f"embedded search (SQLite FTS5 {sqlite3.sqlite_version})")
        told += [f"{name} {importlib.metadata.version(name)}" for name in ("Django", "wagtail", "elasticsearch")]
        print(f"\n=== {run.name}: {', '.join(told)}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", *run.tests, f"--junitxml={OUT / run.name}.xml", *extra]
        if run.left_out:
            command += ["-m", f"not {run.left_out}"]
        if coverage:
            environment["COVERAGE_FILE"] = str(OUT / f".coverage.{run.name}")
            command += ["--cov", "--cov-report=", "--cov-fail-under=0"]
        run.exit_code = subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
        ).returncode
    return run.exit_code


def whole(extra: list[str]) -> int:
    """Every run, their coverage, and one line of sums. Goes on after a failure: all is told at once."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    failed, left_out = [], []
    for run in WHOLE:
        if not (ROOT / run.tests[0]).exists():
            failed.append(f"{run.name}: {run.tests[0]} is missing")
            continue
        started = time.monotonic()
        try:
            if execute(run, extra, coverage=run.is_measured) != 0:
                failed.append(run.name)
        except (postgres.Missing, elasticsearch.Missing) as reason:
            (failed if IN_CI else left_out).append(f"{run.name}: {reason}")
        print(f"=== {run.name}: {time.monotonic() - started:.0f} s", flush=True)
    if not failed and not left_out and measured():
        failed.append("coverage")
    counts = totals()
    for line in left_out:
        print(f"NOT RUN  {line}")
    for line in failed:
        print(f"FAILED   {line}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if failed else 0


def measured() -> int:
    """Combines the coverage of the runs and holds it against what is demanded."""
    environment = os.environ | {"COVERAGE_FILE": str(OUT / ".coverage")}
    files = sorted(str(path) for path in OUT.glob(".coverage.*"))
    subprocess.run([sys.executable, "-m", "coverage", "combine", "-q", *files], cwd=ROOT, env=environment, check=True)
    return subprocess.run(
        [sys.executable, "scripts/coverage_gate.py"], cwd=ROOT, env=environment, check=False
    ).returncode


def totals() -> dict[str, int]:
    """What pytest wrote down, summed over the runs."""
    sums = {"passed": 0, "failed": 0, "skipped": 0}
    for path in OUT.glob("*.xml"):
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):  # noqa: S314
            tests, bad, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "skipped"))
            bad += int(suite.get("errors", 0))
            sums["failed"] += bad
            sums["skipped"] += skipped
            sums["passed"] += tests - bad - skipped
    return sums


def main() -> int:
    """Reads the command line; everything after `--` goes to pytest."""
    # An ended run ends its servers too: SystemExit unwinds what holds them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    ours, theirs = split(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--search", choices=["embedded", "elasticsearch"])
    parser.add_argument("--es", choices=["8", "9"], default="8")
    asked = parser.parse_args(ours)
    OUT.mkdir(parents=True, exist_ok=True)
    if asked.database or asked.search:
        run = Run("asked", asked.database or "sqlite", asked.search or "embedded", asked.es, [])
        return execute(run, theirs or ["tests"], coverage=False)
    return whole(theirs or IN_PROCESSES)


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Ours before `--`, pytest's after it."""
    if "--" in arguments:
        at = arguments.index("--")
        return arguments[:at], arguments[at + 1 :]
    return arguments, []


if __name__ == "__main__":
    sys.exit(main())
