"""A thread beside the web requests of a process: what would make a reader wait is done here.

It reads the table of readings, follows the editors' dictionary (one small query a second) and writes down what was
asked. It has a database connection of its own; a database that is away is only a longer wait.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading

from django.db import DatabaseError, InterfaceError, connection

from search.dictionary import live
from search.insight.services import flush
from search.suggest import sounds

log = logging.getLogger(__name__)

FOLLOW_SECONDS = 1.0
REST_SECONDS = 5.0
FLUSH_ROUNDS = 5


class Companion:
    """One a process. `start` may be called any number of times."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins, unless it runs already."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="search-companion", daemon=True)
                self._thread.start()
                # What was asked in the last seconds is written down when the process ends as it should.
                atexit.unregister(flush)
                atexit.register(flush)

    def wake(self) -> None:
        """Has the next round begin at once; nothing where no companion runs."""
        self._wanted.set()

    def stop(self) -> None:
        """Ends after the round that runs, and waits for it."""
        self._ended.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def restart(self) -> None:
        """A forked process has a copy of this object and no thread: begins there again."""
        running = self._thread is not None
        self.__init__()  # type: ignore[misc]
        if running:
            self.start()

    def _run(self) -> None:
        rounds = 0
        sounds.warm_up()
        while not self._ended.is_set():
            self._wanted.clear()
            well, rounds = self.round(), rounds + 1
            if rounds % FLUSH_ROUNDS == 0:
                flush()
            self._wanted.wait(FOLLOW_SECONDS if well else REST_SECONDS)

    def round(self) -> bool:
        """One round; False where it failed, which leaves everything as it was."""
        try:
            live.follow()
        except (DatabaseError, InterfaceError) as reason:
            log.warning("the dictionary cannot be read now: %s", reason)
            connection.close()
            return False
        except Exception:  # noqa: BLE001 whatever a word does to the cutter, the former dictionary stays and the thread lives
            log.exception("the new dictionary cannot be built: the former one stays")
            return False
        return True


_companion = Companion()
start = _companion.start
wake = _companion.wake
os.register_at_fork(after_in_child=_companion.restart)
