"""Makes the few writes of the admin that Wagtail leaves outside a transaction whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

# A restriction and its groups, a collection's place, a file's collection: if the process died between such a row and
# the search change that belongs to it, the change would be forgotten until the next audit.
WHOLE = {
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_collections:set_privacy",
    "wagtailadmin_collections:edit",
    "wagtailadmin_collections:delete",
    "wagtaildocs:add",
    "wagtaildocs:edit",
    "wagtaildocs:add_multiple",
    "wagtaildocs:edit_multiple",
}


class WholeWritesMiddleware:
    """Runs the named admin views in one transaction each. Stands last in MIDDLEWARE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Only writing requests to the named views; everything else goes its usual way."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in WHOLE:
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)
