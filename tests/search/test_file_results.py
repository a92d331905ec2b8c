"""Files as results: one find a film, figures in the reader's language, texts in the script that the reader chose."""

from __future__ import annotations

import re
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from kb.files.reading.labels import place_name
from kb.files.reading.services import file_read
from kb.pages.words import step_name
from search.query import search
from search.services import drain_once
from tests.factories.documents import pdf_bytes, sheets_bytes
from tests.factories.kb import make_courseware, make_file
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n先挂牌再上锁。\n\n00:01:23.000 --> 00:01:25.000\n敲两下听声音。\n".encode()
MP4 = b"\0\0\0\x18ftypmp42"
TRADITIONAL = "壓力錶歸零後再開閥門，檢查軟管與接頭。"


def found(text, **filters):
    return search(user=AnonymousUser(), text=text, **filters)


def read(name, content, **fields):
    file = make_file(name=name, content=content, **{"title": name, **fields})
    file_read(file_id=file.pk)
    return file


def test_a_film_and_its_subtitles_are_one_find_that_opens_at_the_second(engine):
    studio = make_studio()
    film = make_file(title="演示", name="a.mp4", content=MP4, studio=studio)
    subtitles = read("a.vtt", VTT, title="字幕", studio=studio)
    drain_once()
    assert [value.value for value in found("听声音").facets["file_type"]] == ["text"]
    value = {"title": "演示", "video": film.pk, "subtitles": subtitles.pk, "poster": None}
    page = make_courseware(studio=studio, attachments=[{"type": "video", "id": str(uuid.uuid4()), "value": value}])
    drain_once()
    results = found("听声音", kind="file")
    assert [(hit.key, hit.place) for hit in results.hits] == [(str(film.pk), "01:23")]
    assert results.hits[0].url.startswith(f"/files/{film.pk}/read/?at=cue:83000&")
    assert results.total == 1
    assert [(value.value, value.count) for value in results.facets["file_type"]] == [("video", 1)]
    page.delete()
    drain_once()
    assert [hit.key for hit in found("听声音").hits] == [str(subtitles.pk)]


def test_size_length_and_place_of_a_file_are_told_in_the_readers_language(engine, client):
    read("a.pdf", pdf_bytes(["<p>第一页没有它。</p>", "<p>木塞缠两层麻丝。</p>"]))
    read("b.xlsx", sheets_bytes([["部位", "结果"], ["木塞", "麻丝松了"]]))
    drain_once()
    pdf, sheet = sorted(found("麻丝").hits, key=lambda hit: hit.title.text)
    assert (pdf.place, pdf.details[0], pdf.details[-1]) == ("第 2 页", "PDF", "2 页")
    assert sheet.place.endswith("第 2 行")
    with translation.override("en"):
        pdf, sheet = sorted(found("麻丝").hits, key=lambda hit: hit.title.text)
    client.force_login(UserFactory(language="en"))
    html = client.get("/search/?q=麻丝").content.decode()
    assert not re.search("[一-鿿]", "".join([pdf.place, *pdf.details]))
    assert pdf.place in html
    assert pdf.details[1] in html


@pytest.mark.parametrize(
    ("locator", "data", "named"),
    [
        ("page:3", "", "第 3 页"),
        ("slide:17", "第 17 张幻灯片", "第 17 张幻灯片"),
        ("row:2.45", "点检", "表“点检”第 45 行"),
        ("row:1.4", "", "第 4 行"),
        ("section:4", "二、准备", "二、准备"),
        ("section:4", "", "第 4 节"),
        ("cue:83000", "01:23", "01:23"),
        ("", "", ""),
    ],
)
def test_a_place_is_named_by_its_locator(locator, data, named):
    assert place_name(locator, data) == named


@pytest.mark.parametrize(
    ("locator", "label", "named"),
    [
        ("step:1", "第4步 对正轻送", "Step 4 对正轻送"),
        ("step:1", "第4步", "Step 4"),
        ("section:needs", "适用范围与准备", "Applicability and preparation"),
        ("section:x", "第4步 对正", "第4步 对正"),
        ("", "", ""),
    ],
)
def test_a_step_is_named_in_the_readers_language(locator, label, named):
    with translation.override("en"):
        assert step_name(locator, label) == named


@pytest.mark.parametrize(("script", "said"), [("zh-Hans", "压力表归零"), ("zh-Hant", "壓力錶歸零")])
def test_what_a_file_says_is_shown_in_the_script_that_the_reader_chose(engine, client, script, said):
    # Most of the file is Simplified: each text is looked at for itself.
    read("操作.txt", ("缠两层麻丝，轻敲两下听声音，再检查压力。\n\n" * 12 + TRADITIONAL).encode(), title="操作")
    drain_once()
    client.cookies["script"] = script
    html = client.get("/search/?q=软管").content.decode()
    shown = re.search('<p class="result-text".*?</p>', html)[0]
    assert said in re.sub("<[^>]*>", "", shown)
    assert re.search("<mark>(软管|軟管)</mark>", shown)
