"""Migrations: complete, and reversible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.database import full_state

ROOT = Path(__file__).resolve().parents[2]
THERE_AND_BACK = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
# SQLite rebuilds a table for each step back; the sum of it needs no durability.
if connection.vendor == "sqlite":
    connection.cursor().execute("PRAGMA synchronous=OFF")
for label in ("apprenticeships", "courses", "portal", "kb", "studios", "search"):
    try:
        call_command("migrate", label, "zero", verbosity=0, interactive=False)
    except Exception as reason:
        if "does not have migrations" not in str(reason):
            raise
left = [name for name in connection.introspection.table_names() if name.split("_")[0] in {"courses", "kb", "studios", "search"}]
assert not left, left
call_command("migrate", verbosity=0, interactive=False)
"""


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_our_migrations_go_to_zero_and_back(tmp_path: Path):
    if connection.vendor == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        shutil.copy(full_state(), copy)
        url = f"sqlite:///{copy}"
        dropped = ""
    else:
        from django.conf import settings

        dropped = f"{connection.settings_dict['NAME']}_back"
        with connection._nodb_cursor() as cursor:
            template = f"template_{full_state().stem.replace('-', '_')}"
            cursor.execute(f'CREATE DATABASE "{dropped}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        url = settings.TEST_SERVER_URL.rsplit("/", 1)[0] + f"/{dropped}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    ended = subprocess.run(
        [sys.executable, "-c", THERE_AND_BACK],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if dropped:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{dropped}" WITH (FORCE)')
    assert ended.returncode == 0, ended.stderr[-3000:]
