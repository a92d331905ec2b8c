"""Runs jobs of reading as `sandbox.read_run` does, from one process that has loaded the libraries: fork, limits, run.

Starting Python and loading the libraries costs 300 ms a file, which 2,000 files make ten minutes of. What runs after
the fork is the product's: `limits_apply`, then `job.run`, in a session of its own, killed at the wall clock's limit.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class Zygote:
    """Give `read_run` in place of `sandbox.read_run`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.most_memory = 0

    def read_run(self, place: Path, limits: Any = None) -> Any:
        """As `sandbox.read_run`; remembers the most memory (bytes) that a job took."""
        from kb.files.reading import sandbox

        limits = limits or sandbox.READING
        asked = {"place": str(place), "memory": limits.memory, "cpu": limits.cpu, "written": limits.written}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked | {"wall": limits.wall}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        self.most_memory = max(self.most_memory, told["memory"])
        return sandbox.Outcome(sandbox._reason(told["code"]), told["seconds"])

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


def _serve() -> None:
    sys.path.insert(0, str(ROOT))
    from importlib import import_module

    from kb.files.reading.child import job

    for module, _name in set(job.EXTRACTORS.values()) | {("pictures", ""), ("archive", "")}:
        import_module(f"kb.files.reading.child.{module}")
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


def _run(asked: dict[str, Any]) -> dict[str, Any]:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(asked)
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() - started > asked["wall"]:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.002)
    code = os.waitstatus_to_exitcode(status)
    return {"code": code, "seconds": time.monotonic() - started, "memory": usage.ru_maxrss * 1024}


def _become(asked: dict[str, Any]) -> None:
    """Never comes back."""
    from kb.files.reading.child import job, launch

    code = 1
    try:
        os.setsid()
        os.chdir(asked["place"])
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nothing, number)
        launch.limits_apply(asked)
        code = job.run(Path(asked["place"]))
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
