"""How a file leaves: after its reader was asked for, by range where a player seeks, and never as a page of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from wagtail.documents.models import document_served

from kb.files.models import File
from kb.files.rules import byte_range

CHUNK_BYTES = 64 * 1024
# Shown in the browser's own viewer or player; everything else is only taken away.
INLINE = {"pdf", "mp4", "mp3", "vtt"}
# The viewer of PDF does not run inside a sandbox; it gets no right to load anything instead.
POLICY = {"pdf": "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'"}
POLICY_ELSE = "default-src 'none'; sandbox"


def file_serve(document: File, request: HttpRequest) -> HttpResponseBase:
    """The file, or the range asked for. Whether the reader may have it was asked before (`before_serve_document`)."""
    document_served.send(sender=File, instance=document, request=request)
    size = document.file.size
    tag = f'"{document.file_hash}"'
    if document.file_hash and tag in request.headers.get("If-None-Match", ""):
        return _guarded(HttpResponseNotModified(), document, tag)
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", tag) != tag:
        asked = ""
    try:
        span = byte_range(asked, size) if asked else None
    except ValueError:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _guarded(response, document, tag)
    first, last = span or (0, size - 1)
    body: Any = b"" if request.method == "HEAD" else _chunks(document, first, last - first + 1)
    response = StreamingHttpResponse(body, status=206 if span else 200, content_type=document.content_type)
    response["Content-Length"] = str(last - first + 1)
    if span:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _guarded(response, document, tag)


def _chunks(document: File, start: int, length: int) -> Iterator[bytes]:
    with document.file.storage.open(document.file.name, "rb") as content:
        content.seek(start)
        while length > 0:
            chunk = content.read(min(CHUNK_BYTES, length))
            if not chunk:
                return
            length -= len(chunk)
            yield chunk


def _guarded(response: HttpResponseBase, document: File, tag: str) -> HttpResponseBase:
    extension = document.file_extension.lower()
    response["Accept-Ranges"] = "bytes"
    if document.file_hash:
        response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY.get(extension, POLICY_ELSE)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    how = "inline" if extension in INLINE else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(document.filename)}"
    return response
