"""A developer's machine, and the demo (`make run`, which switches DEBUG off)."""

from config import env
from config.settings.base import *  # noqa: F403

DEBUG = env.DEBUG
SECRET_KEY = "development-only-never-in-production"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.ALLOWED_HOSTS]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Static files straight from the source tree: nothing to collect.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
