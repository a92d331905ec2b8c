"""Which subtitles belong to which film: what is said in a film is found on the film and on the pages that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from wagtail.models import Page, get_page_models

from kb.files.models import File
from kb.files.reading.models import FilePart, FilmSubtitles
from kb.files.reading.rules import clock, reaches_no_further
from people.audience import document_clauses, may_see_document, page_clauses
from people.models import User
from search.registry import Passage
from search.services import objects_changed
from search.services.pages import page_changed

Pairs = Iterable[tuple[int, int]]


@transaction.atomic
def film_subtitles_write(*, page: Page, pairs: Pairs) -> None:
    """Notes which films with which subtitles a page shows; the films' words in the index follow."""
    wanted = set(pairs)
    rows = FilmSubtitles.objects.filter(page=page)
    known = set(rows.values_list("film_id", "subtitles_id"))
    if wanted == known:
        return
    rows.delete()
    existing = set(File.objects.filter(pk__in={pk for pair in wanted for pk in pair}).values_list("pk", flat=True))
    FilmSubtitles.objects.bulk_create(
        FilmSubtitles(page_id=page.pk, film_id=film, subtitles_id=subtitles)
        for film, subtitles in sorted(wanted)
        if {film, subtitles} <= existing
    )
    objects_changed("file", {str(pk) for pair in wanted | known for pk in pair})


def films_ensure() -> int:
    """Notes the films of every live page, also of those saved before films were noted; gives how many pages have any."""
    count = 0
    for model in get_page_models():
        if hasattr(model, "films"):
            for page in model.objects.live().iterator():
                pairs = page.films()
                film_subtitles_write(page=page, pairs=pairs)
                count += bool(pairs)
    return count


def films_follow(file_ids: Iterable[int]) -> None:
    """In the transaction in which subtitles or who may see them changed: films and pages that speak their words."""
    rows = FilmSubtitles.objects.filter(subtitles__in=list(file_ids)).select_related("page")
    for row in rows:
        objects_changed("file", [str(row.film_id)])
        page_changed(page=row.page.specific)


def film_passages(film: File) -> list[Passage]:
    """What is said in a film, by moment, from subtitles that whoever may see the film may see too."""
    subtitles = File.objects.filter(films__film=film).distinct().order_by("pk")
    return _spoken(document_clauses(film), subtitles)


def told_by_films(files: Iterable[File]) -> set[int]:
    """Ids of subtitles whose words their film tells to the very same readers: they are found there, not twice."""
    rows = FilmSubtitles.objects.filter(subtitles__in=[file.pk for file in files]).select_related("film", "subtitles")
    return {
        row.subtitles_id
        for row in rows
        if (row.film.collection_id, row.film.own_audience) == (row.subtitles.collection_id, row.subtitles.own_audience)
    }


def page_film_passages(page: Page) -> list[Passage]:
    """What is said in the first film of a page, where all its readers may see the subtitles: a page has one clock."""
    pairs = list(page.films())
    return _spoken(page_clauses(page), File.objects.filter(pk=pairs[0][1])) if pairs else []


def subtitles_may_be_told(page: Page, subtitles: File) -> bool:
    """Whether all readers of the page may see these subtitles."""
    return _implies(page_clauses(page), subtitles)


def subtitles_for(reader: User | AnonymousUser, film: File) -> File | None:
    """Subtitles to play a film with that the reader may see."""
    rows = File.objects.filter(films__film=film).select_related("collection").distinct().order_by("pk")
    return next((row for row in rows if may_see_document(reader, row)), None)


def _spoken(clauses: Any, subtitles: Iterable[File]) -> list[Passage]:
    for file in subtitles:
        if _implies(clauses, file):
            parts = FilePart.objects.filter(file=file, kind="cue").exclude(text="").order_by("ordinal")
            return [Passage(part.locator, clock(part.start_ms or 0), part.text) for part in parts]
    return []


def _implies(clauses: Sequence[Sequence[str]] | None, subtitles: File) -> bool:
    theirs = document_clauses(subtitles)
    return clauses is not None and theirs is not None and reaches_no_further(clauses, theirs)
