"""What of the knowledge base can be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from kb.files.reading.films import films_follow, films_passages, told_by_films
from kb.files.reading.labels import place_name
from kb.files.reading.rules import FILMS, family
from kb.files.reading.selectors import file_lengths, file_passages
from kb.files.viewing.faces import file_faces
from kb.models import CasePage, CoursewarePage, File, OperatingMethodPage, QuestionAnswerPage, TextbookPage
from kb.pages.words import step_name
from search import registry
from search.documents import DocumentSearchable
from search.faces import register_faces
from search.pages import PageSearchable
from search.places import register_place_names
from search.registry import Passage
from search.services.documents import register_follower
from studios.models import Studio

# What a page's text and facts name, fetched for many pages at once.
SHOWN = ("trades", "equipment", "authors")
PAGES = (OperatingMethodPage, CasePage, TextbookPage, CoursewarePage, QuestionAnswerPage)


class FileSearchable(DocumentSearchable):
    """Files by their titles and by what was read from them; a studio's are those in its collection and below."""

    def studios_of(self, collection_ids: set[int]) -> dict[int, int]:
        paths = dict(Collection.objects.filter(pk__in=collection_ids).values_list("pk", "path"))
        roots = list(Studio.objects.exclude(collection=None).values_list("collection__path", "pk"))
        return {pk: studio for pk, path in paths.items() for root, studio in roots if path.startswith(root)}

    def told_elsewhere(self, files: Sequence[File]) -> set[int]:
        return told_by_films(files)

    def passages_of(self, files: Sequence[File]) -> Mapping[int, Sequence[Passage]]:
        films = [file for file in files if family(file.file_extension) in FILMS]
        return {**file_passages([file.pk for file in files]), **(films_passages(films) if films else {})}

    def facts_of(self, files: Sequence[File]) -> Mapping[int, Mapping[str, str]]:
        return file_lengths([file.pk for file in files])

    def address_of(self, file: File) -> str:
        return reverse("kb:read", args=[file.pk])

    def file_type_of(self, file: File) -> str:
        return family(file.file_extension)


def register_all() -> None:
    """Called once when the apps are ready."""
    for model in PAGES:
        # A method is what people come for; a case, a notice or a lesson that names it often must not hide it.
        weight = 2.0 if model is OperatingMethodPage else 1.0
        registry.register(PageSearchable(model, label=model._meta.verbose_name, prefetch=SHOWN, weight=weight))
    register_faces("file", file_faces)
    register_place_names("file", place_name)
    register_place_names(OperatingMethodPage.search_kind, step_name)
    registry.register(FileSearchable(File, kind="file", label=_("文件"), weight=0.5))
    register_follower(films_follow)
