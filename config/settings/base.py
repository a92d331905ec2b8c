"""Settings that hold everywhere. What differs by place stands in dev, test and production."""

from __future__ import annotations

import dj_database_url

from config import env
from config.logs import logging_settings
from config.mail import mail_settings
from config.policy import STRICT

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "portal",
    "apprenticeships",
    "courses",
    "kb",
    "studios",
    "search",
    "people",
    "csp",
    "allauth",
    "allauth.account",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "people.wagtail_admin.apps.UsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.policy.AdminPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.AccessMiddleware",
    "people.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.PasswordMiddleware",
    "people.middleware.RefusalMiddleware",
    "people.script.middleware.ScriptMiddleware",
    "portal.routing.PageRouteMiddleware",
    "search.middleware.WholeWritesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # The same tags; what is constant in a template is made once a process.
            "libraries": {
                "i18n": "portal.templatetags.constant_i18n",
                "static": "portal.templatetags.constant_static",
            },
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(env.DATABASE_URL or f"sqlite:///{VAR_DIR / 'chuancheng.sqlite3'}", conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue at BEGIN instead of failing half-way; readers never wait (WAL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.tokens.passwords.TokensEndWithThePassword"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 24 * 3600
PASSWORD_RESET_BY_MAIL = bool(env.EMAIL_URL)
ACCOUNT_ADAPTER = "people.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "people.sign_in.forms.SignInForm",
    "change_password": "people.sign_in.forms.PasswordChangeForm",
    "reset_password": "people.sign_in.forms.MailResetForm",
    "reset_password_from_key": "people.sign_in.forms.MailResetKeyForm",
}
# Sign-ins are counted by people.sign_in in rows that all processes share, not in each process's cache.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Documents lie apart: only the view that asks for the reader's right reads them. STORAGES["files"] replaces it.
FILES_ROOT = VAR_DIR / "files"

# Files are read by a worker of their own: a long book holds up neither mail nor the reference index.
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    "files": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

SEARCH_URL = env.SEARCH_URL
SEARCH_EMBEDDED_PATH = VAR_DIR / "search.sqlite3"
SEARCH_INDEX_PREFIX = env.SEARCH_INDEX_PREFIX
SEARCH_API_KEY = env.SEARCH_API_KEY
SEARCH_CA_PATH = env.SEARCH_CA_PATH
# Addresses hold passwords (SEARCH_URL, CACHE_URL, EMAIL_URL): no report of an error shows them.
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.reports.WithoutPasswords"

# Whether `demo_load` may bring people whose password is public.
DEMO_ALLOWED = True

WAGTAIL_SITE_NAME = "传承"
WAGTAILADMIN_BASE_URL = env.SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "kb.publishing.finishing.workflow_publish"
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAILIMAGES_IMAGE_MODEL = "studios.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "kb.File"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "txt", "md", "csv", "srt", "vtt", "html", "htm",
    "mp4", "mp3",
]  # fmt: skip
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_CONTENT_TYPES = {
    "vtt": "text/vtt; charset=utf-8", "srt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8",
    "html": "application/octet-stream", "htm": "application/octet-stream",
    "txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8", "mp4": "video/mp4", "mp3": "audio/mpeg",
}  # fmt: skip
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "studios.picture_forms.PictureForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_backend"}}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.CACHE_URL}
    if env.CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "chuancheng"}
}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
globals().update(mail_settings(env.EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = env.MAIL_FROM

CONTENT_SECURITY_POLICY = {"DIRECTIVES": STRICT}
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own site
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long method in the editor has thousands of fields
FILE_UPLOAD_PERMISSIONS = 0o644

LOGGING = logging_settings(env.LOG_LEVEL, env.LOG_FORMAT or "text")

SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # the libraries i18n and static are ours on purpose
