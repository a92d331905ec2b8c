"""A picture of a page leaves as its file does: only to those who may have the file, and kept by nobody for others."""

from __future__ import annotations

from hashlib import sha256

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from kb.files.models import File
from kb.files.reading.models import FilePart
from kb.files.storage import files_storage
from kb.files.viewing.rules import SMALL

POLICY = "default-src 'none'; sandbox"


def picture_serve(request: HttpRequest, file: File, number: int, width: int) -> HttpResponseBase:
    """The picture of a page or slide. Whether the reader may have the file was asked before. Raises Http404."""
    part = FilePart.objects.filter(file=file, number=number).exclude(picture="").only("picture", "thumbnail").first()
    name = "" if part is None else (part.thumbnail if width == SMALL else part.picture)
    if not name:
        raise Http404
    # The name is drawn anew whenever the pages are.
    tag = f'"{sha256(name.encode()).hexdigest()[:32]}"'
    response: HttpResponseBase
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    elif request.method == "HEAD":
        response = HttpResponse(content_type="image/webp")
    else:
        try:
            response = FileResponse(files_storage().open(name, "rb"), content_type="image/webp")
        except FileNotFoundError as error:
            raise Http404 from error
        response["Content-Disposition"] = "inline"
    response["ETag"] = tag
    # Asked for again each time: on a computer that several people use, the next may be one who may not see it.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
