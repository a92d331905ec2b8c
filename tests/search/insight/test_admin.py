"""The pages of insight, as masters and editors use them."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kb.models import OperatingMethodPage, QuestionAnswerPage
from people.models import Role
from search.insight.services import asked_record, flush, opened_record, opened_token
from tests.factories.kb import make_method
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio():
    return make_studio()


@pytest.fixture
def head(studio):
    return studio.memberships.get().person


def ask(text: str, times: int, total: int = 0) -> None:
    for _number in range(times):
        asked_record(text=text, total=total)
    flush()


def test_a_head_sees_what_was_not_found_and_makes_it_a_draft_with_one_click(client, head, studio):
    ask("法兰夹具怎么选", 3)
    ask("赵一鸣", 1)
    client.force_login(head)
    shown = client.get(reverse("search_insight")).content.decode()
    assert "法兰夹具怎么选" in shown
    assert "赵一鸣" not in shown
    answer = client.post(reverse("search_draft"), {"kind": "qa", "text": "法兰夹具怎么选", "place": studio.pk})
    page = QuestionAnswerPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.question, page.live, page.owner) == ("法兰夹具怎么选", "法兰夹具怎么选", False, head)
    assert page.get_parent().specific == studio.page
    assert client.get(answer["Location"]).status_code == 200
    client.post(reverse("search_draft"), {"kind": "method", "text": "法兰夹具", "place": studio.pk})
    assert not OperatingMethodPage.objects.get().live


def test_a_draft_is_made_only_where_the_person_writes(client, head, studio):
    other = make_studio()
    client.force_login(head)
    for data in ({"kind": "qa", "place": other.pk}, {"kind": "qa"}, {"kind": "nothing", "place": studio.pk}):
        answer = client.post(reverse("search_draft"), {"text": "法兰夹具", **data})
        assert answer["Location"] == reverse("search_insight")
    assert not QuestionAnswerPage.objects.exists()


def test_an_editor_chooses_the_studio_and_sees_every_gap(client, studio):
    make_studio()
    editor = UserFactory()
    grant(editor, Role.EDITOR)
    ask("赵一鸣", 1)
    client.force_login(editor)
    shown = client.get(reverse("search_insight")).content.decode()
    assert "赵一鸣" in shown
    assert "写在哪个工作室" in shown
    client.post(reverse("search_draft"), {"kind": "qa", "text": "法兰夹具", "place": studio.pk})
    assert QuestionAnswerPage.objects.get().get_parent().specific == studio.page


def test_lists_are_chosen_narrowed_and_taken_home(client, head, studio, django_assert_max_num_queries):
    page = make_method(title="木塞堵漏法", published=True, studio=studio)
    for number in range(60):
        ask(f"没有的词{number}", 3)
    ask("堵漏", 4, total=2)
    token = opened_token(text="堵漏", kind="method", key=str(page.page_key), studio=studio.pk, rank=1)
    opened_record(token=token)
    flush()
    client.force_login(head)
    with django_assert_max_num_queries(45):
        answer = client.get(reverse("search_insight"), {"list": "none", "days": "7"})
    assert len(answer.context["page"].object_list) == 50
    assert "没有的词" in client.get(reverse("search_insight"), {"page": "2"}).content.decode()
    asked = client.get(reverse("search_insight"), {"list": "asked", "q": "堵漏", "trade": "x", "days": "5"})
    assert [row["text"] for row in asked.context["page"].object_list] == ["堵漏"]
    opened = client.get(reverse("search_insight"), {"list": "opened"}).content.decode()
    assert "木塞堵漏法" in opened
    for name, first in (("none", "搜索词"), ("opened", "打开的内容")):
        content = client.get(reverse("search_insight"), {"list": name, "export": "xlsx"}).content
        rows = list(load_workbook(io.BytesIO(content)).active.values)
        assert rows[0][0] == first
        assert len(rows) > 1


@pytest.mark.parametrize("name", ["none", "asked", "opened"])
def test_an_empty_list_says_so(client, head, name):
    client.force_login(head)
    assert "这段时间" in client.get(reverse("search_insight"), {"list": name}).content.decode()


def test_members_stay_out(client, studio):
    client.force_login(make_member(studio).person)
    assert client.get(reverse("search_insight")).status_code == 403
    assert client.post(reverse("search_draft")).status_code == 403


def test_a_long_list_is_turned(client, head):
    for number in range(60):
        for _time in range(3):
            asked_record(text=f"词{number:02d}号", total=0)
    flush()
    client.force_login(head)
    first = client.get(reverse("search_insight"))
    address = re.search(r'href="([^"]*p=2[^"]*)"', first.content.decode())
    second = client.get(reverse("search_insight") + html.unescape(address[1]))
    assert len(first.context["page"]) == 50 and second.context["page"].number == 2
    assert len(second.context["page"]) == 10
