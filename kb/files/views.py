"""The address of a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kb.files.doors import file_get_for
from kb.files.serving import file_serve


@require_safe
def serve(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """As Wagtail's own view, which stands at the same address below: every hook may refuse. Adds ranges to it."""
    file = file_get_for(request, document_id)
    if isinstance(file, HttpResponse):
        return file
    if file.filename != filename:
        raise Http404
    return file_serve(file, request)
