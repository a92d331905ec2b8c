"""Three letters on a phone lead to the method; an input method is left alone; the device forgets what was searched."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from search.sync.drain import drain_all
from tests.factories.kb import make_case, make_method
from tests.factories.studios import make_studio

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def method(live_server):
    studio = make_studio(name="蒋师傅工作室")
    for number in range(9):
        make_case(title=f"操作阀门的案例之{number}", studio=studio)
    page = make_method(title="带压堵漏操作法", studio=studio)
    drain_all()
    return page


def asked_of(page) -> list[str]:
    """What the page asked suggestions for, as it goes on."""
    asked: list[str] = []

    def note(request) -> None:
        parts = urlsplit(request.url)
        if parts.path == "/search/suggest/":
            asked.extend(parse_qs(parts.query)["q"])

    page.on("request", note)
    return asked


def test_initials_typed_on_a_phone_lead_to_the_method(phone_page, method, axe):
    page = phone_page
    page.goto("/")
    box = page.locator("main input[type=search]")
    box.tap()
    box.press_sequentially("dydl", delay=30)
    option = page.get_by_role("option", name="带压堵漏操作法")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert option.locator("mark").inner_text() == "带压堵漏"
    assert option.bounding_box()["height"] >= 48
    axe(page)
    option.tap()
    page.wait_for_url(f"**{method.get_url()}")
    expect(page.locator("h1")).to_contain_text("带压堵漏操作法")

    page.goto("/search/")
    page.locator("main input[type=search]").tap()
    recent = page.get_by_role("link", name="dydl")
    expect(recent).to_be_visible()
    assert page.get_by_role("button", name="从最近搜索中删除 dydl").bounding_box()["width"] >= 48
    axe(page)
    page.get_by_role("button", name="从最近搜索中删除 dydl").tap()
    expect(recent).to_have_count(0)
    assert page.evaluate("localStorage.getItem('searches')") == "[]"


def test_arrows_enter_and_escape(desktop_page, method):
    page = desktop_page
    page.goto("/methods/")
    box = page.locator(".masthead input[type=search]")
    box.click()
    box.press_sequentially("czf", delay=30)
    options = page.locator(".masthead [role=option]:visible")
    expect(options).to_have_count(8)
    box.press("ArrowDown")
    first = options.first.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", first)
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("czf")
    box.press("ArrowDown")
    expect(options).to_have_count(8)
    box.fill("dyczf")
    expect(options).to_have_count(0)
    box.fill("dydlcz")
    expect(options).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**{method.get_url()}")


def test_nothing_is_asked_while_an_input_method_composes(desktop_page, method):
    page = desktop_page
    asked = asked_of(page)
    page.goto("/search/")
    box = page.locator("main input[type=search]")
    expect(box).to_have_attribute("role", "combobox")
    keyboard = page.context.new_cdp_session(page)
    for letters in ("d", "du", "du l", "du lou"):
        keyboard.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        )
        page.wait_for_timeout(150)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "堵漏"})
    expect(page.get_by_role("option", name="带压堵漏操作法")).to_be_visible()
    assert asked == ["堵漏"]


def test_a_plain_enter_searches_and_is_forgotten_at_sign_out(desktop_page, method):
    page = desktop_page
    page.goto("/search/")
    box = page.locator("main input[type=search]")
    expect(box).to_have_attribute("role", "combobox")
    box.fill("堵漏")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.evaluate("localStorage.getItem('searches')") == '["堵漏"]'
    page.goto("/account/signed-out/")
    page.wait_for_function("localStorage.getItem('searches') === null")


def test_without_scripts_the_box_is_a_form(open_page, method):
    page = open_page("desktop", java_script_enabled=False)
    page.goto("/search/")
    page.locator("main input[type=search]").fill("堵漏")
    page.get_by_role("button", name="搜索").last.click()
    expect(page.get_by_role("link", name="带压堵漏操作法").first).to_be_visible()
