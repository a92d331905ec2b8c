"""Pages of search and the viewer in two languages, on a phone and on a desktop: nothing serious by axe, nothing wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kb.files.reading.services import file_read
from search.services import drain_once
from tests.factories.documents import sheets_bytes
from tests.factories.kb import make_file, make_method, step_block
from tests.factories.people import TradeFactory
from tests.factories.studios import make_person, make_studio

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ROWS = [
    ["部位", *(f"第{name}次读数" for name in "一二三四五六七八九")],
    *([f"阀{row}", *range(60, 69)] for row in range(1, 9)),
]


@pytest.mark.parametrize(("kind", "language"), [("phone", "en"), ("desktop", "zh-hans")])
def test_nothing_serious_and_nothing_wider_than_the_screen(open_page: Any, axe: Any, kind: str, language: str) -> None:
    studio = make_studio(name="赵师傅工作室", leader=make_person("赵长河"))
    for title in ("堵漏操作法", "换塔操作法"):
        make_method(title=title, studio=studio, trades=[TradeFactory()], steps=[step_block(1, action="缠两层麻丝。")])
    file = make_file(title="读数表", name="a.xlsx", content=sheets_bytes(ROWS), studio=studio)
    file_read(file_id=file.pk)
    drain_once()
    page = open_page(kind)
    page.goto("/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    viewer = reverse("kb:read", args=[file.pk])
    for address in (
        "/search/?q=麻丝",
        "/search/?q=麻丝 天平",
        "/search/?q=天平砝码",
        viewer,
        f"{viewer}?at=row:1.1&hl=读数",
    ):
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == {"en": "en", "zh-hans": "zh-Hans"}[language]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        page.evaluate("scrollTo(0, 0)")  # what is half below the head of the page would count as too small
        axe(page)
