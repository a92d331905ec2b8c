"""One drain works, the others stand by: a lock that the system itself frees when its holder dies."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

LOCK_KEY = 0x5EA4C4


class Leadership:
    """Held through a PostgreSQL session lock, or a file lock beside the SQLite database.

    Only a saving of work: several drains at once send the same thing twice, never a wrong thing.
    """

    def __init__(self) -> None:
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """True where this process leads now."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
                    " AND pid = pg_backend_pid() AND granted"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
                    " OR pg_try_advisory_lock(%s)",
                    [LOCK_KEY, LOCK_KEY],
                )
                return bool(cursor.fetchone()[0])
        return self._file is not None or self._take_file()

    def _take_file(self) -> bool:
        path = Path(settings.VAR_DIR) / "search-drain.lock"
        handle = path.open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return False
        self._file = handle
        return True

    def leave(self) -> None:
        """Frees the lock; the end of the process does it too."""
        if self._file is not None:
            self._file.close()
            self._file = None
        elif connection.vendor == "postgresql" and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")
