"""Reading in the background: asked for with the upload, done in a process of its own, stored in one piece."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from kb.files.reading.convert import converter
from kb.files.reading.labels import part_label, place_name
from kb.files.reading.models import FilePart, FileReading, ReadingState
from kb.files.reading.services import file_read, file_read_request
from kb.models import File
from search import registry
from search.models import SearchObject
from tests.factories.documents import pdf_bytes, slides_bytes, words_bytes
from tests.factories.kb import make_file

pytestmark = pytest.mark.django_db


def wanted(document):
    return SearchObject.objects.get(kind="file", key=str(document.pk)).wanted_version


def replace(document, content, name="new.txt"):
    document.file.save(name, ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()


def test_an_upload_waits_to_be_read_from_its_own_transaction(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        document = make_file(name="a.txt", content="先问四句话。".encode())
    assert document.reading.state == ReadingState.WAITING
    assert len(callbacks) == 1
    document.title = "新名"
    with django_capture_on_commit_callbacks() as callbacks:
        document.save()
    assert callbacks == []


def test_what_was_read_is_found_at_its_place():
    document = make_file(name="a.pptx", content=slides_bytes(3))
    before = wanted(document)
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.parts, reading.method) == (ReadingState.READ, 3, "text")
    assert wanted(document) > before
    piece = registry.get("file").build(str(document.pk))
    assert [passage.locator for passage in piece.passages] == ["slide:1", "slide:2", "slide:3"]
    assert place_name("slide:2", piece.passages[1].label) == "第 2 张幻灯片"
    assert "组里的词2" in piece.passages[1].text


def test_what_is_read_is_not_read_again():
    document = make_file(name="a.txt", content="先问四句话。".encode())
    assert file_read(file_id=document.pk) is not None
    assert file_read(file_id=document.pk) is None
    assert not file_read_request(file_id=document.pk)
    assert file_read(file_id=0) is None


def test_parts_of_a_replaced_file_go_with_it_and_the_new_ones_come():
    document = make_file(name="a.txt", content="旧的内容。".encode())
    file_read(file_id=document.pk)
    replace(document, "新的内容。".encode())
    assert not document.parts.exists()
    assert registry.get("file").build(str(document.pk)).passages == ()
    file_read(file_id=document.pk)
    assert [part.text for part in document.parts.all()] == ["新的内容。"]


def test_the_same_content_read_anew_stays_found_meanwhile():
    document = make_file(name="a.txt", content="还在的内容。".encode())
    file_read(file_id=document.pk)
    assert file_read_request(file_id=document.pk, anew=True)
    assert document.parts.count() == 1
    assert file_read(file_id=document.pk).attempts == 1


def test_a_file_that_was_replaced_while_it_was_read_keeps_nothing_of_the_old(monkeypatch):
    from kb.files.reading import services

    document = make_file(name="a.txt", content="旧的内容。".encode())
    real = services.text_extract

    def slow(place, source, extension):
        extracted = real(place, source, extension)
        replace(File.objects.get(pk=document.pk), "新的内容。".encode())
        return extracted

    monkeypatch.setattr(services, "text_extract", slow)
    assert file_read(file_id=document.pk) is None
    assert not FilePart.objects.filter(file=document).exists()
    assert list((Path(settings.VAR_DIR) / "reading").glob("*")) == []
    assert FileReading.objects.get(file=document).state == ReadingState.WAITING


def test_pictures_of_a_file_that_was_replaced_while_they_were_drawn_are_not_kept(monkeypatch):
    from kb.files.reading import services

    document = make_file(name="a.pdf", content=pdf_bytes(["旧页。"]))
    real, names = services.pictures_store, []

    def slow(place, drawn):
        stored = real(place, drawn)
        names.extend(about["picture"] for about in stored.values())
        replace(File.objects.get(pk=document.pk), "新的内容。".encode())
        return stored

    monkeypatch.setattr(services, "pictures_store", slow)
    assert file_read(file_id=document.pk) is None
    assert names
    assert not document.file.storage.exists(names[0])


def test_pictures_stand_while_the_same_content_is_read_anew(django_capture_on_commit_callbacks):
    document = make_file(name="a.pdf", content=pdf_bytes(["一页。"]))
    file_read(file_id=document.pk)
    before = document.parts.get().picture
    file_read_request(file_id=document.pk, anew=True)
    assert document.parts.get().picture == before
    with django_capture_on_commit_callbacks(execute=True):
        file_read(file_id=document.pk)
    after = document.parts.get().picture
    assert after != before
    assert document.file.storage.exists(after)
    assert not document.file.storage.exists(before)


def test_who_reads_holds_the_file_and_one_that_died_lets_it_go():
    document = make_file(name="a.txt", content="内容。".encode())
    now = timezone.now()
    FileReading.objects.update(state=ReadingState.RUNNING, lease_until=now + dt.timedelta(minutes=5))
    assert file_read(file_id=document.pk) is None
    FileReading.objects.update(lease_until=now - dt.timedelta(seconds=1))
    assert file_read(file_id=document.pk).state == ReadingState.READ


def test_a_film_has_no_words_of_its_own_and_that_is_no_failure():
    document = make_file(name="a.mp4", content=b"\0\0\0\x18ftypmp42")
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.reason, reading.parts) == (ReadingState.READ, "", 0)


def test_a_broken_file_says_so():
    document = make_file(name="a.pdf", content=b"%PDF-1.4 nothing")
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.reason) == (ReadingState.FAILED, "broken")


@pytest.mark.parametrize(
    ("text", "language"),
    [("電纜接頭製作要先清潔環境，再量尺寸。", "zh-Hant"), ("先问四句话，再动手。", "zh-Hans"), ("abc", "zh-Hans")],
)
def test_the_script_of_a_file_is_told_from_its_words(text, language):
    document = make_file(title="册", name="a.txt", content=text.encode())
    file_read(file_id=document.pk)
    assert registry.get("file").build(str(document.pk)).language == language


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"kind": "page", "number": 17}, "第 17 页"),
        ({"kind": "slide", "number": 17}, "第 17 张幻灯片"),
        ({"kind": "row", "number": 45, "sheet": "点检"}, "表“点检”第 45 行"),
        ({"kind": "row", "number": 45}, "第 45 行"),
        ({"kind": "cue", "number": 83000, "start_ms": 83000}, "01:23"),
        ({"kind": "cue", "number": 1, "start_ms": 3_683_000}, "1:01:23"),
        ({"kind": "section", "number": 4, "title": "准备"}, "准备"),
        ({"kind": "section", "number": 4}, "第 4 节"),
    ],
)
def test_a_place_is_called_as_people_call_it(fields, label):
    assert part_label(FilePart(**fields)) == label


def test_a_page_of_a_pdf_keeps_its_lines():
    document = make_file(name="a.pdf", content=pdf_bytes(["第一页讲木塞。"]))
    file_read(file_id=document.pk)
    part = document.parts.get()
    assert part.layout[0][0] == "第一页讲木塞。"


def pictures_of(document):
    return [(part.locator, part.picture, part.thumbnail, part.width) for part in document.parts.exclude(picture="")]


def test_pages_have_pictures_in_two_sizes_beside_the_files_and_they_go_with_the_file(
    django_capture_on_commit_callbacks,
):
    document = make_file(name="a.pdf", content=pdf_bytes(["第一页讲木塞。", "第二页讲黄泥。"]))
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.pictures) == (ReadingState.READ, 2)
    storage = document.file.storage
    for _locator, picture, thumbnail, width in pictures_of(document):
        assert width == 1240
        with Image.open(storage.open(picture)) as drawn, Image.open(storage.open(thumbnail)) as small:
            assert (drawn.format, drawn.width, small.width) == ("WEBP", 1240, 320)
    names = [picture for _locator, picture, *_ in pictures_of(document)]
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not any(storage.exists(name) for name in names)
    assert not storage.exists(names[0].rpartition("/")[0])


@pytest.mark.skipif(not converter(), reason="LibreOffice is not installed")
def test_a_slide_has_the_picture_of_its_own_number_with_the_lines_on_it_hidden_ones_too():
    def hide(deck):
        deck.slides[1]._element.set("show", "0")

    document = make_file(name="a.pptx", content=slides_bytes(3, change=hide))
    assert file_read(file_id=document.pk).state == ReadingState.READ
    for part in document.parts.all():
        # LibreOffice sets a little air between Chinese and figures, which PDFium takes for a blank.
        lines = [line[0].replace(" ", "") for line in part.layout]
        assert part.picture
        assert f"上面一句{part.number}" in lines
        assert f"格{part.number}-1" in lines


@pytest.mark.skipif(not converter(), reason="LibreOffice is not installed")
def test_a_text_document_has_pages_for_its_pictures_and_sections_for_its_words():
    def long(document):
        for _ in range(3):
            document.add_page_break()
            document.add_heading("第九章 收尾", 1)
            document.add_paragraph("收工前把铜锤还回去。")

    document = make_file(name="a.docx", content=words_bytes(1, change=long))
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.pictures) == (ReadingState.READ, 4)
    assert reading.parts == document.parts.filter(is_searched=True).count()
    assert document.parts.filter(title="第九章 收尾").first().page == 2
    assert {passage.locator.partition(":")[0] for passage in registry.get("file").build(str(document.pk)).passages} == {
        "section"
    }


def test_without_a_converter_slides_are_found_and_the_missing_pictures_are_told(monkeypatch):
    from kb.files.reading import convert

    monkeypatch.setattr(convert, "converter", lambda: "")
    document = make_file(name="a.pptx", content=slides_bytes(2))
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.reason, reading.parts) == (ReadingState.PARTLY, "no_converter", 2)
    old = make_file(name="a.ppt", content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    reading = file_read(file_id=old.pk)
    assert (reading.state, reading.reason) == (ReadingState.FAILED, "no_converter")
