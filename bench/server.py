"""The product behind gunicorn, a load from this process, and the processor time of the server's own processes."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

TICKS = os.sysconf("SC_CLK_TCK")
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Load:
    """What a load gave: requests a second, latency and processor time a request in milliseconds."""

    per_second: float
    p50: float
    p95: float
    cpu: float
    failed: int


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(wsgi: str = "config.wsgi:application") -> Iterator[tuple[int, int]]:
    """Runs gunicorn with two workers on the present environment; gives port and process id."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", wsgi, "-b", f"127.0.0.1:{port}", "-w", str(WORKERS)]
    command += ["--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen(command)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks the server to end; on a busy machine that may take longer than anybody waits."""
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server ended at its start")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer within a minute")


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and its children so far, user and system."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def worker_megabytes(pid: int) -> int:
    """Resident memory of the largest worker."""
    sizes = []
    for entry in Path("/proc").iterdir():
        try:
            is_child = entry.name.isdigit() and int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid
            sizes += [int((entry / "statm").read_text().split()[1])] if is_child else []
        except OSError:
            continue
    return max(sizes, default=0) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def load(port: int, pid: int, path: str, cookies: Sequence[str], *, seconds: float = 5.0) -> Load:
    """Asks for a page over one connection a cookie, each its own signed-in person, for some seconds."""
    for cookie in cookies:
        _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=30), path, cookie)
    times: list[float] = []
    failed: list[int] = []
    before, start = cpu_seconds(pid), time.monotonic()
    threads = [threading.Thread(target=_loop, args=(port, path, c, start + seconds, times, failed)) for c in cookies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent, elapsed = cpu_seconds(pid) - before, time.monotonic() - start
    marks = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    done = max(1, len(times))
    return Load(len(times) / elapsed, marks[49] * 1000, marks[94] * 1000, spent / done * 1000, len(failed))


def _loop(port: int, path: str, cookie: str, end: float, times: list[float], failed: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < end:
        start = time.perf_counter()
        status = _ask(connection, path, cookie)
        times.append(time.perf_counter() - start)
        if status >= 400:
            failed.append(status)


def _ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    connection.request("GET", quote(path, safe="/?&=%"), headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status
