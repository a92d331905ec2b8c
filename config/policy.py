"""What a browser may load: everything from here and nothing inline, but for the admin's own widgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

ADMIN = "/admin/"
STRICT: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
}
# Wagtail's form widgets start themselves by scripts in the page: with 'self' alone an InlinePanel cannot add a row.
IN_ADMIN: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
PERMISSIONS = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class AdminPolicyMiddleware:
    """Stands inside django-csp's middleware: widens the policy below /admin/, and says what features no page uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN):
            response._csp_replace = {**IN_ADMIN, **getattr(response, "_csp_replace", {})}
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
