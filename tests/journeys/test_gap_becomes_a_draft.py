"""A trainee finds nothing and opens another result; the studio's head sees both and makes the gap a draft."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from people.models import Role
from search.analysis import dictionary
from search.dictionary import live
from search.dictionary.services import term_save
from search.insight import buffer
from search.insight.services import flush, pin_save
from search.sync.drain import drain_all
from tests.factories.kb import make_method
from tests.factories.people import TradeFactory, UserFactory, grant
from tests.factories.studios import make_studio
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def studio(live_server):
    """A studio with methods, one recommended for 堵漏, and a synonym of riggers."""
    before = dictionary.current()
    buffer.take()
    studio = make_studio(name="蒋师傅工作室")
    for number in range(3):
        make_method(title=f"第{number}号堵漏法", studio=studio)
    make_method(title="桥式起重机点检法", studio=studio)
    recommended = make_method(title="夹具选型一览", studio=studio)
    editor = UserFactory()
    grant(editor, Role.EDITOR)
    pin_save(actor=editor, text="堵漏", kind="method", key=str(recommended.page_key))
    trade = TradeFactory(name="起重工")
    term_save(actor=editor, kind="synonyms", text="天车", meaning="桥式起重机", trade=trade)
    live.follow()
    drain_all()
    yield studio
    dictionary.use(before)


def test_a_gap_becomes_a_draft_and_an_opening_is_counted(phone_page, open_page, studio, axe):
    phone = phone_page
    phone.goto("/search/?q=天车")
    expect(phone.get_by_text("同义词：“天车”在这里写作“桥式起重机”（起重工）")).to_be_visible()
    phone.goto("/search/?q=堵漏")
    first = phone.locator("li.result").first
    expect(first).to_contain_text("编辑推荐")
    expect(phone.get_by_text("不记是谁")).to_be_visible()
    axe(phone)
    with phone.expect_request(lambda request: request.url.endswith("/search/opened/")) as told:
        first.get_by_role("link", name="夹具选型一览").first.tap()
    assert told.value.method == "POST"
    phone.wait_for_url("**hl=**")
    for _time in range(3):
        phone.goto("/search/?q=吊耳探伤")
    flush()

    desk = open_page("desktop")
    head = studio.memberships.get().person
    sign_in(desk, head)
    desk.goto("/admin/search-insight/?list=opened")
    row = desk.get_by_role("row").filter(has_text="夹具选型一览")
    expect(row).to_contain_text("1.0")
    desk.get_by_role("link", name="没搜到的").click()
    gap = desk.get_by_role("row").filter(has_text="吊耳探伤")
    expect(gap).to_contain_text("3")
    gap.get_by_role("button", name="写成问题解答").click()
    expect(desk.get_by_text("草稿建好了")).to_be_visible()
    assert desk.locator("[name=title]").input_value() == "吊耳探伤"
