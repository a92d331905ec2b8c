"""The one place that reads the environment. Every variable is named, typed and documented here."""

from __future__ import annotations

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case)."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    """A whole number; raises ValueError where it is none."""
    value = text(name)
    return int(value) if value else default


def items(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


# Every variable: docs/operations/settings.md says what each is for.
SECRET_KEY = text("SECRET_KEY")
DEBUG = flag("DEBUG", default=True)  # the development settings only
ALLOWED_HOSTS = items("ALLOWED_HOSTS")
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000")
TRUST_PROXY = flag("TRUST_PROXY")
DATABASE_URL = text("DATABASE_URL")
SEARCH_URL = text("SEARCH_URL")
SEARCH_INDEX_PREFIX = text("SEARCH_INDEX_PREFIX", "chuancheng")
SEARCH_API_KEY = text("SEARCH_API_KEY")
SEARCH_CA_PATH = text("SEARCH_CA_PATH")
CACHE_URL = text("CACHE_URL")
EMAIL_URL = text("EMAIL_URL")
MAIL_FROM = text("MAIL_FROM", "chuancheng@localhost")
VAR_DIR = Path(text("VAR_DIR") or BASE_DIR / "var")
LOG_LEVEL = text("LOG_LEVEL", "INFO")
LOG_FORMAT = text("LOG_FORMAT")

# The test suite only; `scripts/test.py` sets them.
TEST_DATABASE = text("TEST_DATABASE", "sqlite")
TEST_DATABASE_URL = text("TEST_DATABASE_URL")
TEST_SEARCH = text("TEST_SEARCH", "embedded")
TEST_WORKER = text("PYTEST_XDIST_WORKER", "main")
ELASTICSEARCH_URL = text("ELASTICSEARCH_URL")
