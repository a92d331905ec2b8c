"""The drain as a process of its own: drains, waits, rests while the engine is away, ends when told."""

from __future__ import annotations

import logging
import threading

from django.db import InterfaceError, OperationalError, connection

from search.engines import get_engine
from search.engines.contract import EngineUnavailable
from search.services.objects import CHANNEL
from search.sync.drain import drain_once
from search.sync.indexes import indexes_ensure, old_indexes_delete
from search.sync.leader import Leadership
from search.sync.rules import pause_seconds

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
NOTIFIED_POLL_SECONDS = 1.0
STAND_BY_SECONDS = 1.0


class DrainLoop:
    """Runs until `stop` is set. Only the leading process drains; the others take over when it ends."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.leadership = Leadership()
        self.failures = 0
        self.prepared = False
        self.listening = False

    def run(self) -> None:
        """Rounds until told to stop; the engine or the database being away is only a longer wait."""
        try:
            while not self.stop.is_set():
                self._wait(self.round())
        finally:
            self.leadership.leave()

    def round(self) -> float | None:
        """One round; gives how long to wait before the next (None: until a change, `POLL_SECONDS` at most)."""
        try:
            if not self.leadership.take():
                self.prepared = False
                return STAND_BY_SECONDS
            return self._drain()
        except EngineUnavailable as reason:
            return self._rest("search engine is away: changes wait (%s)", reason)
        except (OperationalError, InterfaceError) as reason:
            self.prepared = self.listening = False
            connection.close()
            return self._rest("database is away: the drain waits (%s)", reason)

    def _drain(self) -> float | None:
        engine = get_engine()
        if not self.prepared:
            for index in indexes_ensure(engine):
                engine.refresh(index.name)  # what a killed drain sent last must be seen, or it is never removed
            old_indexes_delete(engine)
            self._listen()
            self.prepared = True
        report = drain_once(engine=engine, stop=self.stop)
        if self.failures:
            log.info("search engine is back")
        self.failures = 0
        return 0.0 if not report.idle else None

    def _rest(self, message: str, reason: Exception) -> float:
        self.failures += 1
        self.prepared = False
        seconds = pause_seconds(self.failures)
        log.warning(message, reason)
        return seconds

    def _listen(self) -> None:
        if connection.vendor == "postgresql" and not self.listening:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            self.listening = True

    def _wait(self, seconds: float | None) -> None:
        if seconds is not None:
            self.stop.wait(seconds)
        elif self.listening:
            self._wait_for_notice()
        else:
            self.stop.wait(POLL_SECONDS)

    def _wait_for_notice(self) -> None:
        """PostgreSQL says when something changed; a late look each second finds what is to be tried again."""
        try:
            for _notice in connection.connection.notifies(timeout=NOTIFIED_POLL_SECONDS, stop_after=1):
                return
        except connection.Database.Error:
            self.listening = False
