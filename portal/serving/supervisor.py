"""Keeps the children and ends them together."""

from __future__ import annotations

import http.client
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from portal.serving.children import Child

LOOK_EVERY_SECONDS = 0.2
PATIENCE_SECONDS = 20.0
ATTEMPTS_OF_THE_FIRST_START = 3


class CannotStart(Exception):
    """The web server never answered."""


class Supervisor:
    """Runs until SIGTERM, SIGINT or SIGHUP, or until the web server proves unable to start.

    `tell` gets sentences for the person at the terminal; `ready` is called once, when the address answers.
    """

    def __init__(
        self,
        web: Child,
        others: Sequence[Child],
        *,
        host: str,
        port: int,
        tell: Callable[[str], None],
        ready: Callable[[], None],
    ) -> None:
        self._web = web
        self._children = [web, *others]
        self._address = (host, port)
        self._tell = tell
        self._ready = ready
        self._answered = False
        self._stopping = False

    def run(self) -> None:
        """Blocks; raises CannotStart. The children are gone when it returns or raises."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            for child in self._children:
                child.start()
            while not self._stopping:
                self._look()
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _look(self) -> None:
        for child in self._children:
            code = child.check()
            if code is None:
                continue
            self._tell(f"{child.name}: 进程结束（{code}），马上重新启动。")
            if child is self._web and not self._answered and child.falls >= ATTEMPTS_OF_THE_FIRST_START:
                raise CannotStart
        if not self._answered and self._web.pid is not None and self._answers():
            self._answered = True
            self._ready()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(*self._address, timeout=2)
        try:
            connection.request("GET", "/healthz/live")
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _end(self) -> None:
        for child in self._children:
            child.ask_to_end()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in self._children:
            child.end(deadline)
