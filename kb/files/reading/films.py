"""Which subtitles belong to which film: what is said in a film is found on the film and on the pages that show it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, get_page_models

from kb.files.models import File
from kb.files.reading.models import FilePart, FilmSubtitles
from kb.files.reading.rules import FILMS, SUBTITLES, clock, family, reaches_no_further
from people.audience import document_clauses, may_see_document, page_clauses
from people.audience.rules import Clauses
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
    touched = wanted | known
    files = {pk for pair in touched for pk in pair} | _subtitles_of({film for film, _subtitles in touched})
    objects_changed("file", map(str, files))


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


def films_follow(file_ids: Iterable[int]) -> set[int]:
    """Pages and files that change with these, in the transaction in which these or who may see them changed.

    Pages that speak the words of subtitles are sent again. Gives the films of subtitles and the subtitles of films:
    which of the two is found by the words follows from both.
    """
    ids = set(file_ids)
    rows = list(FilmSubtitles.objects.filter(Q(subtitles__in=ids) | Q(film__in=ids)).select_related("page"))
    for row in rows:
        if row.subtitles_id in ids:
            page_changed(page=row.page.specific)
    films = {row.film_id for row in rows}
    return (films | _subtitles_of(films)) - ids


def _subtitles_of(films: set[int]) -> set[int]:
    return set(FilmSubtitles.objects.filter(film__in=films).values_list("subtitles_id", flat=True))


def films_passages(films: Iterable[File]) -> dict[int, list[Passage]]:
    """What is said in films, by moment, by id of the film. Three queries and those for who may see the files."""
    told = _told(films, Readers())
    parts = FilePart.objects.filter(file__in=set(told.values()), kind="cue").exclude(text="")
    spoken: dict[int, list[Passage]] = {}
    for part in parts.order_by("file_id", "ordinal").defer("layout"):
        spoken.setdefault(part.file_id, []).append(_passage(part))
    return {film: spoken.get(subtitles, []) for film, subtitles in told.items()}


def told_by_films(files: Iterable[File]) -> set[int]:
    """Ids of subtitles whose words a film tells to all who may read them: found there, they are no find of their own."""
    ids = {file.pk for file in files if file.file_extension.lower() in SUBTITLES}
    if not ids:
        return set()
    readers = Readers()
    films = list(File.objects.filter(subtitled__subtitles__in=ids).select_related("collection").distinct())
    told = _told(films, readers)
    spoken = {film.pk: told[film.pk] for film in films if told.get(film.pk) in ids}
    subtitles = File.objects.select_related("collection").in_bulk(set(spoken.values()))
    return {
        subtitles[spoken[film.pk]].pk
        for film in films
        if film.pk in spoken and readers.are_among(subtitles[spoken[film.pk]], film)
    }


class Readers:
    """Who may see which files, asked once for each collection and audience of its own."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[str, ...]], Clauses | None] = {}

    def of(self, file: File) -> Clauses | None:
        """The clauses in force for a file; None: nobody."""
        place = (file.collection_id, tuple(file.own_audience))
        if place not in self._known:
            self._known[place] = document_clauses(file)
        return self._known[place]

    def are_among(self, file: File, other: File) -> bool:
        """Whether all who may see the one file may see the other."""
        return _implied(self.of(file), self.of(other))


def _told(films: Iterable[File], readers: Readers) -> dict[int, int]:
    """The subtitles whose words a film tells, by its id: the first that whoever may see the film may see too."""
    by_id = {film.pk: film for film in films if family(film.file_extension) in FILMS}
    rows = FilmSubtitles.objects.filter(film__in=by_id).select_related("subtitles__collection")
    told: dict[int, int] = {}
    for row in rows.order_by("film_id", "subtitles_id"):
        if row.film_id not in told and readers.are_among(by_id[row.film_id], row.subtitles):
            told[row.film_id] = row.subtitles_id
    return told


def page_film_passages(page: Page) -> list[Passage]:
    """What is said in the first film of a page, where all its readers may see the subtitles: a page has one clock."""
    pairs = list(page.films())
    subtitles = File.objects.filter(pk=pairs[0][1]).select_related("collection").first() if pairs else None
    if subtitles is None or not _implied(page_clauses(page), document_clauses(subtitles)):
        return []
    parts = FilePart.objects.filter(file=subtitles, kind="cue").exclude(text="").order_by("ordinal")
    return [_passage(part) for part in parts.defer("layout")]


def subtitles_for(reader: User | AnonymousUser, film: File) -> File | None:
    """Subtitles to play a film with that the reader may see."""
    rows = File.objects.filter(films__film=film).select_related("collection").distinct().order_by("pk")
    return next((row for row in rows if may_see_document(reader, row)), None)


def _passage(part: FilePart) -> Passage:
    return Passage(part.locator, clock(part.start_ms or 0), part.text)


def _implied(theirs: Clauses | None, wide: Clauses | None) -> bool:
    return theirs is not None and wide is not None and reaches_no_further(theirs, wide)
