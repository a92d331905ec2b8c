"""A trainee finds a method at the right step, takes the course that uses it, fails the quiz, passes it, sees why."""

from __future__ import annotations

import re

import pytest

from search.services import drain_once
from tests.factories.courses import make_course, make_knowledge, make_method, make_question, make_quiz, make_reading
from tests.factories.kb import step_block
from tests.factories.studios import make_person, make_studio
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

RIGHT, WRONG = "干燥的杉木", "潮湿的松木"


@pytest.fixture
def course():
    studio = make_studio(leader=make_person("柏师傅"))
    blocks = [
        step_block(1, title="先问四句", action="站在上风侧问清：漏的是什么、压力多大、温度多高、孔有多大。"),
        step_block(2, title="量孔选塞", action="用卡尺量出孔的最大直径，选大头比孔径大 6 毫米的木塞。"),
        step_block(3, title="铜锤轻敲", action="铜锤三轻三重，敲到不再滴水，再观察十分钟，确认堵漏成功。"),
    ]
    method = make_method(studio, steps=blocks)
    made = make_course(studio=studio, title="木塞堵漏入门")
    make_reading(made, title="认识木塞")
    make_knowledge(made, method, title="学木塞堵漏法")
    make_quiz(made, [make_question(studio, text="木塞用什么木料？", texts=[RIGHT, WRONG, "竹片"])], title="小测验")
    return made


def read_and_confirm(page):
    with page.expect_navigation():
        page.get_by_role("button", name="我读完了").click()
    page.wait_for_load_state("networkidle")


def answer(page, words):
    page.get_by_text(words).first.click()
    page.get_by_role("button", name="交卷").click()
    page.locator(".mark-big").wait_for()


def test_from_a_word_to_a_finished_course(phone_page, axe, course):
    drain_once()
    page = phone_page
    sign_in(page, make_person("丁小满"))
    page.goto("/")
    axe(page)
    box = page.get_by_role("searchbox").first
    box.fill("十分钟，确认堵漏")
    box.press("Enter")
    page.wait_for_url(re.compile("/search/"))
    axe(page)
    hit = page.locator(".results .result").first
    assert "第3步" in hit.inner_text().replace(" ", "")
    hit.get_by_role("link").first.click()
    page.wait_for_url(re.compile("#step-"))
    axe(page)
    step = page.locator(".step", has_text="铜锤轻敲")
    assert step.locator("mark").first.is_visible()
    assert step.bounding_box()["y"] < 844, "the page has opened at the step"

    page.get_by_role("link", name="木塞堵漏入门").first.click()
    axe(page)
    page.get_by_role("button", name="报名，开始学").click()
    page.wait_for_load_state("networkidle")
    if "/learn/" not in page.url:
        page.get_by_role("link", name=re.compile("开始学第1课|接着学第1课")).first.click()
    axe(page)
    read_and_confirm(page)
    page.goto(course.get_url())
    assert page.get_by_text(re.compile("还差")).first.is_visible()
    page.get_by_role("link", name=re.compile("学第2课")).first.click()
    read_and_confirm(page)
    page.goto(course.get_url())
    page.get_by_role("link", name=re.compile("学第3课")).first.click()
    axe(page)
    answer(page, WRONG)
    axe(page)
    assert page.get_by_text("未通过").is_visible()
    assert not page.locator(".option-right").count(), "the right answer waits until the quiz is passed"
    page.get_by_role("link", name="再考一次").click()
    answer(page, RIGHT)
    page.goto(course.get_url())
    assert page.get_by_text(re.compile("已于 .* 学完|学完了|全部完成|已学完")).first.is_visible()
    page.get_by_role("link", name="为什么算学完").first.click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("认识木塞").first.is_visible()
    axe(page)
