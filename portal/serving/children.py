"""A child process that is kept alive: restarted with growing pauses, and gone when its parent is."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# A child that lived this long is healthy: its next fall is paid with the first pause again.
HEALTHY_SECONDS = 60.0


def _end_with_the_parent() -> None:
    """Runs in the child before its program: the kernel sends it SIGTERM when the parent dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One program that should always run. Times are seconds of the monotonic clock."""

    def __init__(self, name: str, command: Sequence[str], *, place: Path, environment: Mapping[str, str]) -> None:
        self.name = name
        self.falls = 0
        self._command = list(command)
        self._place = place
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._next_start = 0.0

    @property
    def pid(self) -> int | None:
        """The running process, or None."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Starts the program in a session of its own: Ctrl-C reaches it through the parent, in order."""
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self._command,
            cwd=self._place,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_the_parent,  # noqa: PLW1509 - this process has a single thread
        )

    def check(self) -> int | None:
        """Looks once. Gives the exit code of a child that just ended; starts it again when its pause is over."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._next_start:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        if now - self._started >= HEALTHY_SECONDS:
            self.falls = 0
        self._next_start = now + min(FIRST_PAUSE_SECONDS * 2**self.falls, LONGEST_PAUSE_SECONDS)
        self.falls += 1
        self._process = None
        return code

    def ask_to_end(self) -> None:
        """SIGTERM: what is being done is finished first."""
        if self._process is not None:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Waits until the deadline, then SIGKILL."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
