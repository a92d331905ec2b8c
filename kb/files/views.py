"""The address of a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks

from kb.files.models import File
from kb.files.serving import file_serve


@require_safe
def serve(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """As Wagtail's own view, which stands at the same address below: every hook may refuse. Adds ranges to it."""
    document = get_object_or_404(File.objects.select_related("collection"), pk=document_id)
    if document.filename != filename:
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    return file_serve(document, request)
