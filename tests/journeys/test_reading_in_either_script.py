"""A reader comes from a search on a phone, reads the method in Traditional, and goes back to the original."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.kb import make_method, step_block
from tests.factories.studios import make_studio

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_other_script_is_a_tap_away_and_so_is_the_original(phone_page: Any, axe: Any) -> None:
    steps = [step_block(1, action="先关闭阀门，再看头发是否盘好。")]
    method = make_method(title="设备维护操作法", studio=make_studio(), steps=steps)
    page = phone_page
    page.goto(f"{method.get_url()}?hl=头发")
    assert "头发" in page.locator("main mark").all_inner_texts()
    switch = page.get_by_role("group", name="正文文字")
    switch.get_by_role("button", name="繁體").click()
    page.get_by_role("heading", name="設備維護操作法").wait_for()
    assert "頭髮" in page.locator("main mark").all_inner_texts()
    heading = page.get_by_role("heading", name="設備維護操作法")
    assert heading.evaluate("it => it.closest('[lang]').lang") == "zh-Hant"
    assert page.get_by_text("以原文为准").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    page.goto("/methods/")
    page.get_by_role("link", name="設備維護操作法").wait_for()
    page.get_by_role("button", name="原文").click()
    page.get_by_role("link", name="设备维护操作法").wait_for()
