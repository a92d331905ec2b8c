"""Serves what may be had without asking who asks: scaled pictures. Files and originals never go this way."""

from __future__ import annotations

import posixpath
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

RENDITIONS = "images/"
YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition below MEDIA_ROOT/images; anything else is not there. Their names carry a hash: they never change."""
    clean = posixpath.normpath(path)
    if clean != path or not clean.startswith(RENDITIONS):
        raise Http404
    response = serve(request, clean, document_root=str(Path(settings.MEDIA_ROOT)))
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
