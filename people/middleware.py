"""What surrounds each request: refusals in one place, the reader's language, access asked once."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation

from people.audience import memo
from people.audience.state import person_seen
from people.errors import Refusal
from people.roles.services import groups_sync

API = "/api/"
GetResponse = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Access is asked of the database once a request, and a person's groups are those of today.

    Django groups are a projection of dated roles and memberships: the first request of a day writes them, so that
    whatever reads groups (Wagtail's permissions) follows the dates too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with memo.remembering():
            user = request.user
            if user.is_authenticated:
                person_seen(user)
            if user.is_authenticated and user.groups_date != timezone.localdate():
                groups_sync(person_ids=[user.pk])
            return self.get_response(request)


class LanguageMiddleware:
    """The language that the person chose; for others that of the cookie, else Chinese.

    What the browser asks for does not count: many a shop-floor computer speaks English and its users do not.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _language(self, request: HttpRequest) -> str:
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        asked = request.user.language if request.user.is_authenticated else cookie
        return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class PasswordMiddleware:
    """Whoever has a password that somebody else knows chooses his own before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            return self.get_response(request)  # its own door refuses, in JSON, and knows tokens too
        user = request.user
        if user.is_authenticated and user.must_change_password and not self._is_way_out(request.path):
            return redirect_to_login(request.get_full_path(), reverse("account_change_password"))
        return self.get_response(request)

    def _is_way_out(self, path: str) -> bool:
        return path.startswith(("/account/", settings.STATIC_URL, "/healthz"))


class RefusalMiddleware:
    """Shows what a service refused: a page that says what to do, or JSON where the caller asked for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers a `Refusal`; everything else goes its usual way."""
        if not isinstance(exception, Refusal):
            return None
        return refusal_response(request, exception)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refused request, never cached."""
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=refusal.status)
    else:
        page = TemplateResponse(
            request,
            [f"{refusal.status}.html", "people/refusal.html"],
            {"refusal": refusal, "message": refusal.message, "code": refusal.code},
            status=refusal.status,
        )
        response = page.render()
    response["Cache-Control"] = "no-store"
    return response


def wants_json(request: HttpRequest) -> bool:
    """True where the caller prefers JSON to a page (`Accept`), or sent JSON."""
    if request.content_type == "application/json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
