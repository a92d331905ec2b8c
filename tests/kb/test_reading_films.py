"""What is said in a film is found on the film and its page, by those who may read its subtitles, and by nobody else."""

import uuid

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from kb.files.reading.films import subtitles_for
from kb.files.reading.models import FilmSubtitles
from kb.files.reading.rules import reaches_no_further
from kb.files.reading.services import file_read
from kb.models import CoursewarePage, File
from search import registry
from search.models import SearchObject
from tests.factories.kb import make_courseware, make_file
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n先挂牌再上锁。\n\n00:01:23.000 --> 00:01:25.000\n敲两下听声音。\n".encode()
MP4 = b"\0\0\0\x18ftypmp42"


def shown(studio=None, **subtitles_fields):
    studio = studio or make_studio()
    film = make_file(title="演示", name="a.mp4", content=MP4, studio=studio)
    subtitles = make_file(title="字幕", name="a.vtt", content=VTT, studio=studio, **subtitles_fields)
    file_read(file_id=subtitles.pk)
    value = {"title": "演示", "video": film.pk, "subtitles": subtitles.pk, "poster": None}
    page = make_courseware(studio=studio, attachments=[{"type": "video", "id": str(uuid.uuid4()), "value": value}])
    return film, subtitles, page


def cues(kind, key):
    piece = registry.get(kind).build(str(key))
    return [(p.locator, p.label) for p in piece.passages if p.locator.startswith("cue:")]


def wanted(kind, key):
    return SearchObject.objects.get(kind=kind, key=str(key)).wanted_version


BOTH = [("cue:2000", "00:02"), ("cue:83000", "01:23")]


def test_what_is_said_is_found_on_the_film_and_on_its_page_by_moment():
    film, subtitles, page = shown()
    assert cues("file", film.pk) == BOTH
    assert cues("courseware", page.page_key) == BOTH
    # The same words to the same readers are not found a second time: the subtitles are no find of their own.
    assert registry.get("file").build(str(subtitles.pk)) is None
    assert subtitles_for(UserFactory(), film) == subtitles


def test_subtitles_that_fewer_may_see_are_not_told_by_film_or_page():
    studio = make_studio()
    film, subtitles, page = shown(studio, own_audience=[f"studio:{studio.pk}"])
    assert cues("file", film.pk) == []
    assert cues("file", subtitles.pk) == BOTH
    assert cues("courseware", page.page_key) == []
    assert subtitles_for(UserFactory(), film) is None


def test_what_was_told_is_taken_back_when_the_subtitles_are_closed():
    film, subtitles, page = shown()
    before = wanted("file", film.pk), wanted("courseware", page.page_key)
    subtitles.own_audience = ["signed-in"]
    subtitles.save()
    after = wanted("file", film.pk), wanted("courseware", page.page_key)
    assert all(new > old for old, new in zip(before, after, strict=True))
    assert cues("file", film.pk) == cues("courseware", page.page_key) == []


def test_a_closed_collection_reaches_the_page_that_shows_its_film():
    studio = make_studio()
    film, _subtitles, page = shown(studio)
    before = wanted("courseware", page.page_key)
    CollectionViewRestriction.objects.create(collection=studio.collection, restriction_type="login")
    assert wanted("courseware", page.page_key) > before
    assert cues("courseware", page.page_key) == []
    # Whoever may see the film may see its subtitles: they lie in one collection.
    assert cues("file", film.pk) == BOTH
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert cues("courseware", page.page_key) == BOTH


def test_a_page_that_is_taken_down_or_deleted_tells_nothing_more():
    film, _subtitles, page = shown()
    page.unpublish()
    assert cues("file", film.pk) == []
    film, subtitles, page = shown()
    before = wanted("file", film.pk)
    subtitles.delete()
    assert wanted("file", film.pk) > before
    assert cues("file", film.pk) == []
    film, _subtitles, page = shown()
    page.delete()
    assert not FilmSubtitles.objects.filter(film=film).exists()


def found(*files):
    """Ids of those of the files that are finds."""
    return set(map(int, registry.get("file").build_many([str(file.pk) for file in files])))


def versions(*files):
    """The wanted versions of files."""
    return [wanted("file", file.pk) for file in files]


def test_subtitles_are_a_find_of_their_own_again_when_nothing_shows_them():
    film, subtitles, page = shown()
    assert found(film, subtitles) == {film.pk}
    before = versions(film, subtitles)
    page.unpublish()
    assert all(new > old for old, new in zip(before, versions(film, subtitles), strict=True))
    assert found(film, subtitles) == {film.pk, subtitles.pk}
    assert cues("file", subtitles.pk) == BOTH


@pytest.mark.parametrize("change", ["closed", "deleted"])
def test_subtitles_follow_their_film(change):
    film, subtitles, _page = shown()
    before = wanted("file", subtitles.pk)
    if change == "closed":
        film.own_audience = ["role:hr"]
        film.save()
    else:
        film.delete()
    assert wanted("file", subtitles.pk) > before
    # Whoever may see the subtitles but not the film finds the words there.
    assert subtitles.pk in found(subtitles)


def test_a_change_that_is_rolled_back_changes_nothing():
    film, subtitles, _page = shown()
    before = versions(film, subtitles)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        File.objects.get(pk=film.pk).delete()
        raise ZeroDivisionError
    assert versions(film, subtitles) == before
    assert found(film, subtitles) == {film.pk}


def test_of_two_subtitles_a_film_tells_one_and_the_other_stays_a_find():
    film, first, _page = shown()
    second = make_file(title="另一份字幕", name="b.vtt", content=VTT, studio=None)
    second.collection = first.collection
    second.save()
    value = {"title": "演示", "video": film.pk, "subtitles": second.pk, "poster": None}
    make_courseware(attachments=[{"type": "video", "id": str(uuid.uuid4()), "value": value}])
    assert found(film, first, second) == {film.pk, second.pk}
    before = wanted("file", second.pk)
    first.delete()
    assert wanted("file", second.pk) > before
    assert found(film, second) == {film.pk}


def test_a_document_put_where_subtitles_belong_is_found_all_the_same():
    film = make_file(title="演示", name="a.mp4", content=MP4)
    notes = make_file(title="说明", name="a.txt", content="先挂牌。".encode())
    value = {"title": "演示", "video": film.pk, "subtitles": notes.pk, "poster": None}
    make_courseware(attachments=[{"type": "video", "id": str(uuid.uuid4()), "value": value}])
    assert found(film, notes) == {film.pk, notes.pk}


def test_films_of_pages_saved_before_are_noted_at_night():
    film, _subtitles, _page = shown()
    FilmSubtitles.objects.all().delete()
    call_command("files_tidy")
    assert cues("file", film.pk) == BOTH
    assert CoursewarePage.objects.get().films() != []


@pytest.mark.parametrize(
    ("narrow", "wide", "told"),
    [
        ([], [], True),
        ([["signed-in"]], [], True),
        ([], [["signed-in"]], False),
        ([["unit:1"]], [["unit:1", "unit:2"]], True),
        ([["unit:1", "unit:3"]], [["unit:1", "unit:2"]], False),
        ([["a"], ["b"]], [["b"]], True),
    ],
)
def test_an_audience_reaches_no_further_where_each_clause_is_met(narrow, wide, told):
    assert reaches_no_further(narrow, wide) is told
