"""A word that stands only on slide 17 is found and shown there, on a phone; a film plays at the second."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from kb.files.reading.services import file_read
from kb.models import File
from people.audience.rules import token
from portal.demo.loader.content import FILES
from search.services import drain_once
from tests.factories.kb import make_courseware, make_file
from tests.factories.studios import make_member, make_person, make_studio
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def demo_file(name: str, **fields: Any) -> File:
    """A file of the demo, read as the worker reads it."""
    path = FILES / name
    file = make_file(name=path.name, content=path.read_bytes(), **fields)
    file_read(file_id=file.pk)
    return file


@pytest.fixture
def deck() -> File:
    file = demo_file("documents/tower-front-class.pptx", title="塔前一课：堵漏与换塔", studio=make_studio())
    drain_once()
    return file


def find(page: Any, words: str) -> None:
    page.goto("/search/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))


def stands_in(inner: dict[str, float], outer: dict[str, float]) -> bool:
    across = outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    return across and outer["y"] <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]


@pytest.mark.parametrize("words", ["听棒", "聽棒"])
def test_a_word_on_slide_seventeen_is_found_and_opened_there(deck, phone_page, words):
    find(phone_page, words)
    phone_page.get_by_role("link", name="第 17 张幻灯片").first.click()
    phone_page.wait_for_url(re.compile(rf"/files/{deck.pk}/read/\?at=slide:17&hl=.*#slide-17$"))
    slide = phone_page.locator("#slide-17")
    picture = slide.locator("img")
    picture.evaluate("img => img.decode()")
    screen = {"x": 0, "y": 0, **phone_page.viewport_size}
    assert stands_in(picture.bounding_box(), screen), "the picture is in view"
    assert stands_in(slide.locator("svg rect").first.bounding_box(), picture.bounding_box()), "the word is marked on it"
    assert slide.locator("mark").first.inner_text() == "听棒"
    assert slide.get_by_text("备注").is_visible()


def test_a_film_stands_at_the_second_and_plays_from_a_touched_line(phone_page):
    studio = make_studio()
    film = demo_file("video/wooden-plug.mp4", title="木塞堵漏演示", studio=studio)
    subtitles = demo_file("video/wooden-plug.zh.vtt", title="木塞堵漏演示字幕", studio=studio)
    value = {"title": "", "video": film.pk, "subtitles": subtitles.pk, "poster": None}
    make_courseware(studio=studio, attachments=[{"type": "video", "id": str(uuid.uuid4()), "value": value}])
    drain_once()
    find(phone_page, "歪着进去")
    phone_page.locator(f"a.result-place[href^='{reverse('kb:read', args=[film.pk])}']").first.click()
    phone_page.wait_for_url(re.compile(r"#t-24000$"))
    video = phone_page.locator("video")
    video.evaluate("v => v.readyState > 1 || new Promise(done => v.addEventListener('canplay', done, {once: true}))")
    assert video.evaluate("v => [v.paused, Math.round(v.currentTime)]") == [True, 24]
    assert phone_page.locator("[data-seek][aria-current]").inner_text().startswith("00:24")
    phone_page.locator("#t-36000").click()
    phone_page.wait_for_function("document.getElementById('film').currentTime >= 36")


def test_what_is_a_studios_own_is_shown_to_its_members_alone(phone_page, open_page):
    studio = make_studio()
    only_us = [token("studio", studio.pk)]
    plan = demo_file("documents/joint-atlas.pdf", title="电缆接头图册", studio=studio, own_audience=only_us)
    drain_once()
    address, picture = reverse("kb:read", args=[plan.pk]), reverse("kb:page_picture", args=[plan.pk, 1, 320])
    sign_in(phone_page, make_member(studio).person)
    assert phone_page.goto(address).status == 200
    assert phone_page.request.get(picture).status == 200
    stranger = open_page("phone")
    sign_in(stranger, make_person())
    assert stranger.request.get(picture).status == 403
    assert stranger.goto(address).status == 403
    find(stranger, "电缆接头")
    assert stranger.get_by_text("电缆接头图册").count() == 0
