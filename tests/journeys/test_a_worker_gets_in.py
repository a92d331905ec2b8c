"""A worker gets a printed code, sets his password, comes back to the page he wanted, and hands the phone on."""

from __future__ import annotations

from typing import Any

import pytest

from people.codes.services import code_make
from people.models import Role, Unit
from tests.factories.people import UnitFactory, UserFactory, grant, posting
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NEW_PASSWORD = "gangtie-2026-x"


@pytest.fixture
def workshop(transactional_db: None) -> Unit:
    return UnitFactory(code="W1", name="碳化车间")


def test_with_the_printed_code_a_worker_sets_his_password_on_a_phone(phone_page: Any, axe: Any, workshop: Unit) -> None:
    worker, officer = UserFactory(username="T0001", name="李铁柱"), UserFactory(username="H0001")
    posting(worker, workshop)
    grant(officer, Role.HR, workshop)
    slip = code_make(actor=officer, person=worker)
    page = phone_page

    page.goto("/me/profile/")
    assert page.get_by_text("登录后回到刚才要看的页面").is_visible()
    axe(page)
    page.get_by_role("link", name="第一次登录，或有一次性密码").click()
    page.get_by_label("工号").fill("t0001")
    page.get_by_role("textbox", name="一次性密码").fill(slip.code.lower().replace("-", " "))
    axe(page)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("新密码", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("再输一次新密码").fill(NEW_PASSWORD)
    axe(page)
    page.get_by_role("button", name="保存并登录").click()
    page.goto("/me/profile/")
    page.get_by_role("heading", name="李铁柱").wait_for()
    axe(page)
    page.get_by_label("特大").check()
    assert page.evaluate("document.documentElement.dataset.text") == "larger"
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存").wait_for()


def test_signing_out_leaves_nothing_on_a_shared_phone(phone_page: Any, axe: Any, workshop: Unit) -> None:
    worker = UserFactory(username="T0001", name="李铁柱")
    page = phone_page
    page.goto("/me/profile/")
    page.get_by_label("工号").fill("t0001")
    page.get_by_label("密码", exact=True).fill("correct horse 9")
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/me/profile/")
    page.evaluate("localStorage.setItem('draft:1', '写了一半'); sessionStorage.setItem('x', '1')")
    page.goto("/account/logout/")
    assert page.get_by_text(str(worker)).is_visible()
    axe(page)
    page.get_by_role("main").get_by_role("button", name="退出登录").click()
    page.get_by_role("heading", name="已退出").wait_for()
    axe(page)
    page.wait_for_function("!localStorage.getItem('draft:1') && sessionStorage.length === 0")
    page.goto("/me/profile/")
    assert "/account/login/" in page.url


def test_hr_does_its_work_on_a_phone(phone_page: Any, axe: Any, workshop: Unit) -> None:
    officer, worker = UserFactory(username="H0001", name="何人事"), UserFactory(username="T0001", name="李铁柱")
    grant(officer, Role.HR, workshop)
    UnitFactory(parent=workshop, name="甲班")
    posting(worker, workshop)
    page = phone_page
    sign_in(page, officer)
    for path in (
        "/people/",
        f"/people/{worker.pk}/",
        "/people/units/",
        "/people/trades/",
        "/people/import/",
        "/people/new/",
    ):
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    page.goto("/people/?q=铁")
    page.get_by_role("link", name="李铁柱").click()
    page.get_by_role("link", name="调动").click()
    page.get_by_label("单位").select_option(label="　甲班")
    page.get_by_role("button", name="保存调动").click()
    page.get_by_text("已保存调动").wait_for()
    page.get_by_role("button", name="打印一次性密码").click()
    page.locator(".slip-code").wait_for()
    axe(page)
