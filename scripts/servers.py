"""A server that a run starts for itself: its process, its directory, its end."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self


class Missing(RuntimeError):
    """What is needed is not installed; the message carries the line that installs it."""


class Server:
    """Context manager around `start()` and `stop()`: whatever goes wrong in between, nothing is left behind.

    `url` is where it answers, `version` what answers there. A server that was given, not started, has no process.
    """

    def __init__(self) -> None:
        self.url = ""
        self.version = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._place: Path | None = None

    def start(self) -> Self:
        """Starts it and waits until it answers. Raises Missing, RuntimeError."""
        raise NotImplementedError

    def kill(self) -> None:
        """Ends the process; its data stay."""
        raise NotImplementedError

    def stop(self) -> None:
        """Ends it and removes what it wrote."""
        self.kill()
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            self._place = None

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
