"""A place to measure in: a directory, a database and an index of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def place(database_url: str = "", search_url: str = "") -> Iterator[str]:
    """Sets Django up on an empty migrated database; gives the directory. Once a process."""
    directory = tempfile.mkdtemp(prefix="chuancheng-bench-")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "VAR_DIR": directory,
        "DATABASE_URL": database_url,
        "SEARCH_URL": search_url,
        "LOG_LEVEL": "WARNING",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield directory
    finally:
        from django.db import connections

        connections.close_all()
        shutil.rmtree(directory, ignore_errors=True)
