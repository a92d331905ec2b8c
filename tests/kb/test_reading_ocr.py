"""Scanned pages: characters are recognised where Tesseract is installed, and where not, that is said."""

import io

import pytest

from kb.files.reading import ocr
from kb.files.reading.convert import converter
from kb.files.reading.models import ReadingState
from kb.files.reading.services import file_read
from search import registry
from tests.factories.documents import pdf_bytes, picture_bytes, scan_bytes, slides_bytes
from tests.factories.kb import make_file

needs_tesseract = pytest.mark.skipif(not ocr.recogniser(), reason="Tesseract is not installed")
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@needs_tesseract
@pytest.mark.django_db
def test_a_scan_is_found_by_its_words_in_either_script_with_their_boxes():
    pages = [
        "扫描页里写着：锁轴销第三道工序\n先挂牌再上锁，一人一把钥匙。",
        "電纜接頭製作圖冊：應力管搭接長度\n開關櫃須先驗電，再掛接地線。",
    ]
    document = make_file(name="a.pdf", content=scan_bytes(pages))
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.method, reading.pictures) == (ReadingState.READ, "ocr", 2)
    first, second = document.parts.all()
    assert "锁轴销第三道工序" in first.text
    assert "應力管" in second.text
    assert first.is_ocr
    _words, left, top, right, bottom = first.layout[0]
    assert 0.05 < left < 0.1
    assert 0.5 < right < 0.7
    assert 0.1 < top < bottom < 0.25
    assert "锁轴销" in registry.get("file").build(str(document.pk)).passages[0].text


@pytest.mark.django_db
def test_without_recognition_a_scan_says_that_it_is_one(monkeypatch):
    monkeypatch.setattr(ocr, "recogniser", lambda: "")
    document = make_file(name="a.pdf", content=scan_bytes())
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.reason, reading.pictures) == (ReadingState.FAILED, "ocr_missing", 1)


@needs_tesseract
def test_a_page_on_which_nothing_is_recognised_is_said_to_be_a_scan(tmp_path):
    (tmp_path / "source.pdf").write_bytes(scan_bytes([" "]))
    assert ocr.pages_recognise(tmp_path, "source.pdf", [1], lambda: True).reason == "scanned"


@needs_tesseract
def test_recognition_stops_when_the_file_is_no_longer_its_own(tmp_path):
    (tmp_path / "source.pdf").write_bytes(scan_bytes())
    found = ocr.pages_recognise(tmp_path, "source.pdf", [1], lambda: False)
    assert (found.pages, found.reason) == ({}, "ocr_too_many")


def test_lines_are_joined_without_blanks_between_chinese_words_and_stains_are_left_out():
    rows = [
        ("1", "1", 10, 20, 30, 10, 91.0, "压力"),
        ("1", "2", 45, 20, 20, 10, 89.0, "不"),
        ("1", "3", 70, 20, 20, 10, 90.0, "0.2"),
        ("1", "4", 95, 20, 20, 10, 90.0, "MPa"),
        ("2", "1", 10, 60, 5, 5, 12.0, "斑"),
    ]
    told = HEAD + "".join(
        f"5\t1\t1\t1\t{line}\t{word}\t{x}\t{y}\t{w}\t{h}\t{sure}\t{text}\n"
        for line, word, x, y, w, h, sure, text in rows
    )
    (line, sure), *others = ocr.tsv_lines(told, (200, 100))
    assert line == ["压力不0.2 MPa", 0.05, 0.2, 0.575, 0.3]
    assert sure == 90.0
    assert others == []


@needs_tesseract
@pytest.mark.skipif(not converter(), reason="LibreOffice is not installed")
@pytest.mark.django_db
def test_a_slide_that_is_one_picture_is_found_by_the_words_on_it():
    def picture_only(deck):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(picture_bytes("先挂牌再上锁，一人一把钥匙。")), 0, 0, deck.slide_width)

    document = make_file(name="a.pptx", content=slides_bytes(1, change=picture_only))
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.method) == (ReadingState.READ, "mixed")
    assert "先挂牌再上锁" in document.parts.get(number=2).text


@pytest.mark.django_db
def test_a_file_without_words_is_not_passed_over_in_silence(monkeypatch):
    monkeypatch.setattr(ocr, "recogniser", lambda: "")
    document = make_file(name="a.pdf", content=pdf_bytes(["<svg width='9' height='9'></svg>"]))
    reading = file_read(file_id=document.pk)
    assert (reading.state, reading.reason) == (ReadingState.FAILED, "no_words")
