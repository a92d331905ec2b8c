"""Production: everything comes from the environment; refuses to start when unsafe."""

from django.core.exceptions import ImproperlyConfigured

from config import env, safety
from config.logs import logging_settings
from config.settings.base import *  # noqa: F403

_place = safety.Place(
    secret_key=env.SECRET_KEY,
    allowed_hosts=tuple(env.ALLOWED_HOSTS),
    site_url=env.SITE_URL,
    debug_asked=env.flag("DEBUG"),
    database_url=env.DATABASE_URL,
    search_url=env.SEARCH_URL,
    search_api_key=env.SEARCH_API_KEY,
    search_ca_path=env.SEARCH_CA_PATH,
    cache_url=env.CACHE_URL,
    email_url=env.EMAIL_URL,
)
if _refused := safety.refusals(_place):
    raise ImproperlyConfigured("正式环境不能启动：\n- " + "\n- ".join(_refused))

DEBUG = False
DEMO_ALLOWED = False
SECRET_KEY = env.SECRET_KEY
ALLOWED_HOSTS = env.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = [env.SITE_URL.rstrip("/")]

SECURE_SSL_REDIRECT = True
# The probes of a load balancer come over plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if env.TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Failed sign-ins are counted by the reader's address, which only the proxy knows.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = logging_settings(env.LOG_LEVEL, env.LOG_FORMAT or "json")

SILENCED_SYSTEM_CHECKS = [
    *SILENCED_SYSTEM_CHECKS,  # noqa: F405
    "security.W005",  # other hosts of the company's domain are not ours to bind to https
    "security.W019",  # Wagtail shows previews in a frame of its own site: SAMEORIGIN
    "security.W021",  # the browsers' preload list is the domain owner's decision
]
