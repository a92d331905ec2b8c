"""HR imports two hundred people from a workbook in which one row is wrong."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from people.models import Role, User
from tests.factories.people import TradeFactory, UnitFactory, UserFactory, grant
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEAD = ("工号", "姓名", "单位代码", "工种代码", "岗位代码", "手机", "任职自")
WRONG_ROW = 120


def workbook(people: int = 200) -> bytes:
    book = Workbook()
    book.active.title = "人员"
    book.active.append(HEAD)
    for number in range(people):
        unit = "NOWHERE" if number + 2 == WRONG_ROW else "W1"
        book.active.append((f"N{number:04d}", f"新工友{number}", unit, "THG", None, None, "2026-01-05"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_two_hundred_people_are_imported_and_the_wrong_row_is_named(desktop_page, axe):
    company = UnitFactory(code="G", kind="company")
    UnitFactory(code="W1", parent=company)
    TradeFactory(code="THG", name="碳化工")
    officer = UserFactory(name="人事员")
    grant(officer, Role.HR)
    page = desktop_page
    sign_in(page, officer)
    page.goto("/people/import/")
    axe(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "新员工.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": workbook()}
    )
    page.get_by_role("button", name="上传并试运行").click()
    page.get_by_role("heading", name="有 1 处错误").wait_for()
    assert page.get_by_text(f"“人员”第 {WRONG_ROW} 行").is_visible()
    axe(page)
    assert not User.objects.filter(username__startswith="N").exists()

    page.get_by_label("跳过有错的行，导入其余的").check()
    page.get_by_role("button", name="导入").click()
    page.get_by_role("heading", name="导入完成").wait_for()
    assert User.objects.filter(username__startswith="N").count() == 199

    with page.expect_navigation():
        page.get_by_role("button", name="打印一次性密码").click()
    assert page.locator(".slip").count() == 199

    page.goto("/people/?q=工友150")
    assert page.get_by_role("link", name="新工友150", exact=True).is_visible()
