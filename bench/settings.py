"""The product's settings as in production, in a place of the measurement's own (VAR_DIR, DATABASE_URL, SEARCH_URL)."""

from config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "measurements-only-0123456789-0123456789-0123456789"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "files": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
