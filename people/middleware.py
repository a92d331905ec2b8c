"""What surrounds each request: refusals in one place, the reader's language, access asked once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from people.audience import memo
from people.errors import Refusal
from people.roles.services import groups_sync

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
            if user.is_authenticated and user.groups_date != timezone.localdate():
                groups_sync(person_ids=[user.pk])
            return self.get_response(request)


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
