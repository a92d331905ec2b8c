"""What a found file shows beside its words: what it is, and the page or slide where the words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kb.files.models import File
from kb.files.reading.models import FilePart, PartKind
from kb.files.reading.rules import SUBTITLES, family
from kb.files.viewing.rules import SMALL
from search.faces import Face
from search.labels import file_type_names


def file_faces(places: Sequence[tuple[str, str]]) -> Mapping[str, Face]:
    """Faces of files by id, for (id, locator) of what was found. Three queries, however many files."""
    ids = [int(key) for key, _locator in places]
    files = {file.pk: file for file in File.objects.filter(pk__in=ids).only("pk", "file")}
    names = file_type_names()
    pictures = _pictures(places)
    made = {}
    for pk, file in files.items():
        extension = file.file_extension.lower()
        label = _("字幕") if extension in SUBTITLES else names.get(family(extension), "")
        part = pictures.get(pk)
        if part is None or not part.width or not part.height:
            made[str(pk)] = Face(label)
            continue
        where = reverse("kb:page_picture", args=[pk, part.number, SMALL])
        made[str(pk)] = Face(label, where, SMALL, round(SMALL * part.height / part.width))
    return made


def _pictures(places: Sequence[tuple[str, str]]) -> dict[int, FilePart]:
    """The part whose picture shows the place: the place itself, of a section the page on which it begins."""
    shown = FilePart.objects.only("file_id", "kind", "number", "page", "width", "height", "thumbnail")
    wanted = Q(pk__in=[])
    for key, locator in places:
        wanted |= Q(file_id=int(key), locator=locator)
    parts = {part.file_id: part for part in shown.filter(wanted)}
    wanted = Q(pk__in=[])
    for part in parts.values():
        if part.kind == PartKind.SECTION and part.page:
            wanted |= Q(file_id=part.file_id, kind=PartKind.PAGE, number=part.page)
    parts |= {part.file_id: part for part in shown.filter(wanted)}
    return {pk: part for pk, part in parts.items() if part.thumbnail}
