"""The address of a scaled picture: asked for as a page is. Originals have none."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from people.errors import MayNotSee
from studios.pictures.selectors import may_see_rendition, rendition_at

# How long a picture may be shown from a cache that does not ask, after its page was closed to the public.
OPEN_SECONDS = 3600
NEWER_TYPES = {".avif": "image/avif", ".webp": "image/webp"}


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition, found by its stored name and never by a path on the disk; strangers are sent to sign in."""
    rendition = rendition_at(path)
    if rendition is None:
        raise Http404
    if not may_see_rendition(request, rendition):
        if request.user.is_authenticated:
            raise MayNotSee
        response: HttpResponseBase = redirect_to_login(request.get_full_path())
        response.headers["Cache-Control"] = "no-store"
        return response
    tag = f'"{rendition.pk}-{rendition.image.file_hash[:16]}"'
    known = tag in request.headers.get("If-None-Match", "")
    response = HttpResponseNotModified() if known else _content(rendition)
    is_open = rendition.is_shown_to_all and not rendition.is_held
    response.headers["Cache-Control"] = f"public, max-age={OPEN_SECONDS}" if is_open else "private, no-cache"
    response.headers["ETag"] = tag
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _content(rendition: Any) -> HttpResponseBase:
    suffix = PurePosixPath(rendition.file.name).suffix.lower()
    kind = NEWER_TYPES.get(suffix) or mimetypes.guess_type(rendition.file.name)[0] or "application/octet-stream"
    try:
        return FileResponse(rendition.file.open("rb"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
