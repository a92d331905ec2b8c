"""Settings of the test suite: fast hashing, tasks at once, every process with files, database and index of its own."""

import os
import tempfile
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config import env

env.VAR_DIR = Path(tempfile.mkdtemp(prefix="chuancheng-tests-"))

from config.settings.base import *  # noqa: E402, F403 - the directory must be known before

DEBUG = False
SECRET_KEY = "tests-only-never-in-production-0123456789-abcdefghijkl"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"tests-{os.getpid()}"}}
# Files are read where a test asks for it: a process for each upload of the suite would take minutes.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "files": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

if env.TEST_DATABASE == "postgresql":
    if not env.TEST_DATABASE_URL:
        raise ImproperlyConfigured(
            "TEST_DATABASE_URL is not set. Run: .venv/bin/python scripts/test.py --database postgresql -- tests/…"
        )
    TEST_SERVER_URL = env.TEST_DATABASE_URL
    DATABASES = {"default": dj_database_url.parse(env.TEST_DATABASE_URL)}
    DATABASES["default"]["NAME"] = f"chuancheng_{os.getpid()}_{env.TEST_WORKER}"
else:
    DATABASES["default"]["NAME"] = env.VAR_DIR / "tests.sqlite3"  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA busy_timeout=20000;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0

if env.TEST_SEARCH == "elasticsearch":
    if not env.ELASTICSEARCH_URL:
        raise ImproperlyConfigured(
            "ELASTICSEARCH_URL is not set. Run: .venv/bin/python scripts/test.py --search elasticsearch -- tests/…"
        )
    SEARCH_URL = env.ELASTICSEARCH_URL
else:
    SEARCH_URL = ""
SEARCH_INDEX_PREFIX = f"tests-{os.getpid()}-{env.TEST_WORKER}"
