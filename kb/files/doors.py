"""The door of every address of a file: the hooks that may refuse it are asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail import hooks

from kb.files.models import File


def file_get_for(request: HttpRequest, document_id: int) -> File | HttpResponse:
    """The file, or the answer of what refuses it to this reader (the way to sign in, 403). Raises Http404."""
    file = get_object_or_404(File.objects.select_related("collection"), pk=document_id)
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(file, request)
        if isinstance(answer, HttpResponse):
            return answer
    return file
