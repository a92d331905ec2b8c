"""The smallest Django application: what the framework and the server alone cost."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="bare", MIDDLEWARE=[])  # noqa: S106
django.setup()
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = WSGIHandler()
