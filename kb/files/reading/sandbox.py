"""Runs what reads a hostile file in a process of its own, which is killed when it asks too much."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from kb.files.reading.child.job import MEMORY_CODE

MB = 1024 * 1024
LAUNCH = Path(__file__).resolve().parent / "child" / "launch.py"
PREFIX = "reading-"
# A directory older than this belongs to a worker that died.
STALE_SECONDS = 3 * 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory, seconds of processor and of the wall clock, bytes of the largest written file."""

    memory: int = 1024 * MB
    cpu: int = 120
    wall: int = 180
    written: int = 256 * MB


READING = Limits()
CONVERTING = Limits(memory=4096 * MB, cpu=150, wall=180, written=512 * MB)
RECOGNISING = Limits(memory=1024 * MB, cpu=60, wall=90, written=16 * MB)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended: `reason` is "" (well), `timeout`, `memory` or `broken` (it fell over the file)."""

    reason: str
    seconds: float


@contextmanager
def work_place() -> Iterator[Path]:
    """A directory for one reading, gone afterwards."""
    root = Path(settings.VAR_DIR) / "reading"
    root.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def places_sweep() -> int:
    """Removes what workers that were killed left behind; gives how many directories."""
    root = Path(settings.VAR_DIR) / "reading"
    old = [place for place in root.glob(f"{PREFIX}*") if place.stat().st_mtime < time.time() - STALE_SECONDS]
    for place in old:
        shutil.rmtree(place, ignore_errors=True)
    return len(old)


def read_run(place: Path, limits: Limits = READING) -> Outcome:
    """Runs the job that `job.json` in `place` names."""
    return _run(["read"], place, limits)


def command_run(command: Sequence[str], place: Path, limits: Limits = CONVERTING) -> Outcome:
    """Runs a program under the same guard; a code other than 0 is `broken`."""
    return _run(["run", *command], place, limits)


def _run(arguments: list[str], place: Path, limits: Limits) -> Outcome:
    known = {"memory": limits.memory, "cpu": limits.cpu, "written": limits.written}
    command = [sys.executable, "-I", str(LAUNCH), json.dumps(known), *arguments]
    started = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - a list, no shell; the file's name is ours, never the uploader's
        command,
        cwd=place,
        env=_environment(place),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            code = process.wait(limits.wall)
        except subprocess.TimeoutExpired:
            code = -signal.SIGXCPU
        finally:
            _group_kill(process.pid)
    return Outcome(_reason(code), time.monotonic() - started)


def _group_kill(pid: int) -> None:
    """The process and whatever it started (LibreOffice starts a second one)."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # all gone already


def _reason(code: int) -> str:
    if code == 0:
        return ""
    if code == MEMORY_CODE:
        return "memory"
    # SIGKILL is the kernel's answer to processor time used up after SIGXCPU, and to a machine without memory.
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "timeout"
    return "memory" if code == -signal.SIGABRT else "broken"


def _environment(place: Path) -> dict[str, str]:
    """Nothing of ours: no proxies, no secrets, no home but the directory of the work."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(place),
        "TMPDIR": str(place),
        "OMP_THREAD_LIMIT": "1",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def tightened(limits: Limits, *, wall: int) -> Limits:
    """The same with less time by the wall clock."""
    return replace(limits, wall=wall, cpu=min(limits.cpu, wall))
