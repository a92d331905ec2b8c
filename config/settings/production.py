"""Production: everything comes from the environment; refuses to start when unsafe."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *  # noqa: F403

DEBUG = False
if len(env.SECRET_KEY) < 50:
    raise ImproperlyConfigured("请设置 SECRET_KEY（至少 50 个随机字符）后再启动。")
SECRET_KEY = env.SECRET_KEY
ALLOWED_HOSTS = env.ALLOWED_HOSTS
