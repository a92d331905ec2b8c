"""Addresses of the viewer and of the pictures in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kb.files.doors import file_get_for
from kb.files.models import File
from kb.files.reading.models import FileReading, PartKind
from kb.files.reading.rules import family
from kb.files.viewing.films import film_of
from kb.files.viewing.rules import LARGE, SMALL, place_asked
from kb.files.viewing.selectors import View, view_of
from kb.files.viewing.serving import picture_serve
from kb.files.viewing.states import state_of
from people.requests import PersonRequest
from people.script.parts import written
from people.script.rules import script_guess
from search.rules import query_text
from studios.models import Studio


@require_safe
def read(request: PersonRequest, document_id: int) -> HttpResponseBase:
    """A file in the browser, opened at `?at=slide:17` (or `page=17`, `t=83`) with the words of `?hl=` marked."""
    file = file_get_for(request, document_id)
    if isinstance(file, HttpResponse):
        return file
    asked = query_text(request.GET.get("hl", ""))
    place = place_asked(*(request.GET.get(name, "") for name in ("at", "page", "t")))
    film = film_of(request.user, file)
    told = film.subtitles if film and film.subtitles else file
    reading = FileReading.objects.filter(file=told).first()
    view = view_of(told, reading, asked, place)
    studio = _studio(file)
    context = {
        "file": file,
        "title": (film.video if film and film.video else file).title,
        "size": _size(view),
        "crumbs": [(written(studio.name, script_guess(studio.name)), _page_of(studio))] if studio else [],
        "told": told,
        "film": film,
        "view": view,
        "asked": asked,
        "state": state_of(reading, view, film),
        "studio": studio,
        "family": family(file.file_extension),
        "small": SMALL,
        "large": LARGE,
    }
    response = TemplateResponse(request, "kb/viewer/page.html", context)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def picture_of(request: HttpRequest, document_id: str, number: str, width: str) -> HttpResponseBase:
    """The picture of a page or slide, under the audience of its file."""
    file = file_get_for(request, int(document_id))
    return file if isinstance(file, HttpResponse) else picture_serve(request, file, int(number), int(width))


def _studio(file: File) -> Studio | None:
    """The studio in whose collection the file lies."""
    path = file.collection.path
    roots = [path[: end + 4] for end in range(0, len(path), 4)]
    return Studio.objects.select_related("page").filter(collection__path__in=roots).first()


def _page_of(studio: Studio) -> str:
    return (studio.page.get_url() or "") if hasattr(studio, "page") else ""


def _size(view: View) -> str:
    """How long the file is, in its own unit."""
    if view.kind == PartKind.PAGE:
        return _("%(count)s 页") % {"count": view.total}
    if view.kind == PartKind.SLIDE:
        return _("%(count)s 张幻灯片") % {"count": view.total}
    return ""
