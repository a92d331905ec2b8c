"""Production refuses to start when unsafe, and says what to set."""

from __future__ import annotations

import dataclasses
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from config.safety import Place, refusals

ROOT = Path(__file__).resolve().parents[2]
SAFE = Place(
    secret_key="kX2-9fQw_7bZ1mNcV4tYhJ8sLpR3dGaE6uIoW0qBxTzMvCnUyKjHgFd",
    allowed_hosts=("chuancheng.example.cn",),
    site_url="https://chuancheng.example.cn",
    debug_asked=False,
    database_url="postgresql://chuancheng:n0t-a-default-1@db.example.cn/chuancheng",
)


def test_a_safe_place_may_start():
    assert refusals(SAFE) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"secret_key": "a" * 80}, "SECRET_KEY"),
        ({"secret_key": "development-only-never-in-production-0123456789-abcdefghijkl"}, "SECRET_KEY"),
        ({"allowed_hosts": ()}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ("a.cn", "*")}, "ALLOWED_HOSTS"),
        ({"site_url": "http://chuancheng.example.cn"}, "SITE_URL"),
        ({"site_url": ""}, "SITE_URL"),
        ({"debug_asked": True}, "DEBUG"),
        ({"database_url": "postgresql://postgres:postgres@db/x"}, "DATABASE_URL"),
        ({"database_url": "postgresql://chuancheng@db.example.cn/x"}, "DATABASE_URL"),
        ({"search_url": "https://elastic:changeme@es:9200"}, "SEARCH_URL"),
        ({"cache_url": "redis://:password@redis:6379"}, "CACHE_URL"),
        ({"email_url": "smtps://mailer:123456@mail.example.cn"}, "EMAIL_URL"),
    ],
)
def test_an_unsafe_place_is_refused_with_the_name_of_what_to_set(change: dict[str, object], word: str):
    told = refusals(dataclasses.replace(SAFE, **change))
    assert len(told) == 1
    assert told[0].startswith(word)


def test_a_database_on_the_same_machine_needs_no_password():
    assert refusals(dataclasses.replace(SAFE, database_url="postgresql:///chuancheng")) == []


def test_everything_wrong_is_told_at_once():
    assert len(refusals(Place("", (), "", debug_asked=True))) == 4


def production(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=given | environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_bare_production_settings_do_not_start(tmp_path: Path):
    ended = production(tmp_path)
    assert ended.returncode != 0
    assert "正式环境不能启动" in ended.stderr
    assert "SECRET_KEY" in ended.stderr


def test_safe_production_settings_pass_djangos_deployment_checks(tmp_path: Path):
    ended = production(
        tmp_path,
        SECRET_KEY=secrets.token_urlsafe(64),
        ALLOWED_HOSTS="chuancheng.example.cn",
        SITE_URL="https://chuancheng.example.cn",
    )
    assert ended.returncode == 0, ended.stderr
