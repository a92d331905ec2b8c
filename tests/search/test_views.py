"""The results page: without JavaScript, without leaks, and kind when there is nothing or nobody to ask."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from search.engines.contract import EngineUnavailable
from search.sync.drain import drain_all, drain_once
from studios.models import Equipment
from tests.factories.kb import make_case, make_method, step_block
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio
from tests.texts import sentences

pytestmark = pytest.mark.django_db

ADDRESS = "/search/"


@pytest.fixture
def studio():
    return make_studio(name="赵师傅工作室")


@pytest.fixture
def method(studio):
    steps = [step_block(1, action="先关阀，再看漏点。"), step_block(2, action="木塞对正漏点，用铜锤轻敲。")]
    return make_method(title="<b>带压</b>堵漏法", studio=studio, steps=steps)


def page(client, **asked) -> str:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200, answer
    return sentences(answer.content.decode())


def test_a_result_shows_kind_studio_marked_sentence_and_place(client, engine, method, studio):
    drain_all(engine)
    body = page(client, q="漏点")
    assert "操作法" in body and studio.name in body
    assert "<mark>漏点</mark>" in body
    assert f"#step-{method.steps[0].id}" in body
    assert "&lt;b&gt;带压&lt;/b&gt;堵漏法" in body
    assert "<b>带压" not in body


def test_other_places_in_the_same_piece_are_folded_below(client, engine, method):
    drain_all(engine)
    body = page(client, q="漏点")
    assert body.count('<li class="result"') == 1
    assert f"#step-{method.steps[1].id}" in body.split("<details>")[-1]


def test_chips_narrow_and_take_back(client, engine, method, studio):
    make_case(title="堵漏不成", studio=studio)
    drain_all(engine)
    body = page(client, q="堵漏")
    assert f"?q={quote('堵漏')}&amp;kind=case" in body
    narrowed = page(client, q="堵漏", kind="case")
    assert "共 1 篇" in narrowed
    chosen = re.search(r'<a class="chip" href="([^"]*)" aria-current="true"', narrowed)
    assert chosen and "kind" not in unescape(chosen.group(1))


def test_every_filter_narrows_is_shown_as_chosen_and_is_taken_away_again(client, engine, studio):
    fork = Equipment.objects.create(name="内燃叉车")
    make_method(title="叉车堵漏法", studio=studio, equipment=[fork], published=True)
    make_case(title="堵漏不成", studio=studio)
    make_case(title="堵漏再记", studio=make_studio())
    drain_all(engine)
    body = page(client, q="堵漏")
    assert "内燃叉车" in body and 'id="filters"' in body
    narrowed = page(client, q="堵漏", equipment="内燃叉车", year=str(timezone.localdate().year), sort="date")
    assert "共 1 篇" in narrowed
    off = re.findall(r'<a class="chip chip-off" href="([^"]*)"', narrowed)
    assert [unescape(href) for href in off] == [
        f"?q={quote('堵漏')}&year={timezone.localdate().year}&sort=date",
        f"?q={quote('堵漏')}&equipment={quote('内燃叉车')}&sort=date",
    ]
    assert re.search(r'href="[^"]*sort=date" aria-current="true"', narrowed)
    assert "去掉筛选" in page(client, q="堵漏", file_type="pdf")


def test_words_to_leave_out_alone_are_answered_with_what_to_do(client, engine, method):
    drain_all(engine)
    assert "只写了要排除的词" in page(client, q="-堵漏")
    assert "共 1 篇" in page(client, q="“带压” -木桶")


def test_what_is_near_says_why_it_is_there(client, engine, studio):
    make_method(title="项目管理法", studio=studio)
    make_method(title="Valve lapping", studio=studio)
    drain_all(engine)
    assert "又写作：项目" in page(client, q="專案")
    assert "同一词的另一形式" in page(client, q="valves", exact="1")


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "nonsense"},
        {"studio": "x"},
        {"trade": "9" * 40},
        {"page": "-1"},
        {"page": "z"},
        {"year": "二〇"},
        {"file_type": "exe"},
        {"equipment": "\x00"},
        {"sort": "up"},
    ],
)
def test_odd_filters_are_left_out(client, engine, method, odd):
    drain_all(engine)
    assert "共 1 篇" in page(client, q="带压", **odd)


def test_a_page_beyond_the_last_leads_to_the_last(client, engine, method):
    drain_all(engine)
    answer = client.get(ADDRESS, {"q": "带压", "page": "7"})
    assert (answer.status_code, answer["Location"].rpartition("&")[2]) == (302, "page=1")


def test_nothing_found_says_what_to_do(client, engine, method):
    drain_all(engine)
    body = page(client, q="龙门吊")
    assert "没有找到“龙门吊”" in body
    assert "去掉筛选" in page(client, q="龙门吊", kind="case")


def test_marks_around_the_words_asked_become_inner_marks_where_they_are_quoted(client, engine, method):
    drain_all(engine)
    body = page(client, q="“龙门吊” -木塞")
    assert "没有找到“‘龙门吊’ -木塞”" in body
    assert 'value="“龙门吊” -木塞"' in body


def test_without_a_question_it_shows_what_is_new(client, engine, method):
    secret = make_case(title="还不能看的案例", own_audience=["signed-in"])
    body = page(client)
    assert "堵漏法" in body
    assert secret.title not in body
    client.force_login(UserFactory())
    assert secret.title in page(client)


def test_when_the_engine_is_away_it_says_so_plainly(client, engine, method, monkeypatch):
    def away(*_args, **_named):
        raise EngineUnavailable("connection refused")

    monkeypatch.setattr(type(engine), "search", away)
    answer = client.get(ADDRESS, {"q": "堵漏"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    body = answer.content.decode()
    assert "搜索暂时用不了" in body and "connection refused" not in body


def test_it_is_not_for_other_search_engines_or_caches(client, engine, method):
    drain_all(engine)
    answer = client.get(ADDRESS, {"q": "堵漏"})
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    assert client.post(ADDRESS).status_code == 405


def test_the_number_of_queries_does_not_grow(client, engine, studio, django_assert_max_num_queries):
    for number in range(12):
        make_method(title=f"堵漏之{number}", studio=studio if number % 2 else make_studio())
    drain_all(engine)
    client.force_login(UserFactory())
    client.get(ADDRESS, {"q": "堵漏"})
    with django_assert_max_num_queries(5):
        client.get(ADDRESS, {"q": "堵漏"})


class TestMarks:
    """The words of `?hl=` are marked as the page writes them."""

    def marks(self, client, page, asked):
        body = client.get(page.get_url(), {"hl": asked}).content.decode()
        found = re.search(r"data-marks=\"([^\"]*)\"", body)
        return json.loads(unescape(found.group(1))) if found else []

    def test_of_the_same_script(self, client, method):
        assert self.marks(client, method, "铜锤") == ["铜锤"]

    def test_of_the_other_script(self, client, studio):
        page = make_method(title="帶壓堵漏", studio=studio, script="zh-Hant")
        assert self.marks(client, page, "带压") == ["帶壓"]

    def test_of_markup_stay_text(self, client, method):
        assert self.marks(client, method, '"><script>') == []

    def test_are_absent_without_a_question(self, client, method):
        assert self.marks(client, method, "") == []


class TestAdministratorsPage:
    """Failures with their reasons, and what can be done."""

    @pytest.fixture
    def admin_client(self, client):
        client.force_login(UserFactory(is_superuser=True, is_staff=True))
        return client

    def test_lists_failures_and_tries_them_again(self, admin_client, engine, method, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(type(method), "search_facts", lambda self: {"unheard": 1})
            drain_all(engine)
        body = admin_client.get(reverse("search_state")).content.decode()
        assert "堵漏法" in body and "unheard" in body
        assert reverse("wagtailadmin_pages:edit", args=[method.pk]) in body
        admin_client.post(reverse("search_retry"))
        drain_all(engine)
        assert "没有失败的变更" in admin_client.get(reverse("search_state")).content.decode()

    def test_says_what_a_backlog_left_to_be_suggested(self, admin_client, engine, method):
        drain_once(limit=1, engine=engine)
        assert "待写入的输入提示</dt><dd>1<" in admin_client.get(reverse("search_state")).content.decode()
        drain_all(engine)
        assert "待写入的输入提示" not in admin_client.get(reverse("search_state")).content.decode()

    def test_runs_an_audit(self, admin_client, engine, method):
        drain_all(engine)
        type(method).objects.filter(pk=method.pk).update(live=False)
        admin_client.post(reverse("search_audit"))
        assert "有差别 1，修复后仍有 0" in admin_client.get(reverse("search_state")).content.decode()

    def test_starts_a_rebuild(self, admin_client, engine, method):
        drain_all(engine)
        before = engine.alias_index()
        admin_client.post(reverse("search_rebuild"))
        assert "正在重建" in admin_client.get(reverse("search_state")).content.decode()
        drain_all(engine)
        assert engine.alias_index() != before

    def test_says_that_the_engine_is_away(self, admin_client, engine, method, monkeypatch):
        def away(*_args):
            raise EngineUnavailable("connection refused")

        drain_all(engine)
        monkeypatch.setattr(type(engine), "status", away)
        assert "搜索引擎连不上" in admin_client.get(reverse("search_state")).content.decode()

    def test_is_for_administrators_alone(self, client, engine):
        assert client.get(reverse("search_state")).status_code == 302
        client.force_login(UserFactory(is_staff=True))
        assert client.get(reverse("search_state")).status_code in {302, 403}
        assert client.post(reverse("search_rebuild")).status_code in {302, 403}


def test_a_step_is_named_in_the_readers_language(client, engine, method):
    drain_all(engine)
    client.cookies["django_language"] = "en"
    answer = client.get("/search/", {"q": "第2道动作"})
    assert re.search(r"Step\s*2 第2道动作", sentences(answer.content.decode()))
