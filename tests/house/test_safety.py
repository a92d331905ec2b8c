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


SEARCH = "https://chuancheng:n0t-a-default-2@es.example.cn:9200"


@pytest.mark.parametrize(
    "change",
    [
        {"search_url": SEARCH},
        {"search_url": f"{SEARCH}, https://chuancheng:n0t-a-default-2@es2.example.cn:9200"},
        {"search_url": SEARCH, "search_ca_path": __file__},
        {"search_url": "https://es.example.cn:9200", "search_api_key": "a2V5OmtleQ=="},
        {"search_url": "http://127.0.0.1:9200", "search_api_key": "a2V5OmtleQ=="},
        {"search_url": "http://chuancheng:n0t-a-default-2@localhost:9200"},
        {"search_url": "http://es.example.cn:9200"},
    ],
)
def test_a_search_cluster_may_be_reached_safely(change: dict[str, str]):
    assert refusals(dataclasses.replace(SAFE, **change)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"search_url": SEARCH.replace("https", "http")}, "明文"),
        ({"search_url": "http://es.example.cn:9200", "search_api_key": "a2V5OmtleQ=="}, "明文"),
        ({"search_url": f"https://127.0.0.1:9200,{SEARCH.replace('https', 'http')}"}, "明文"),
        ({"search_url": SEARCH, "search_api_key": "a2V5OmtleQ=="}, "只能用一种"),
        ({"search_url": SEARCH, "search_ca_path": "/nowhere/ca.pem"}, "SEARCH_CA_PATH"),
        ({"search_url": "http://127.0.0.1:9200", "search_ca_path": __file__}, "SEARCH_CA_PATH"),
        ({"search_url": "es.example.cn:9200"}, "写法不对"),
        ({"search_url": "http://es.example.cn"}, "写法不对"),
        ({"search_url": "https://chuancheng:n0t/a-default@es.example.cn:9200"}, "写法不对"),
    ],
)
def test_a_search_cluster_that_is_reached_unsafely_is_refused(change: dict[str, str], words: str):
    told = refusals(dataclasses.replace(SAFE, **change))
    assert [words in sentence for sentence in told] == [True]
    assert "a-default" not in told[0]
