"""The results page where little or nothing is found: what was meant, whom to ask, what else to search for."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser

from people.models import Posting
from search.suggest.asking import people_to_ask, popular_terms
from search.suggest.services import owner_suggestions_set, term_entries
from search.sync.drain import drain_all
from tests.factories.kb import make_case, make_method
from tests.factories.people import TradeFactory, UserFactory, posting
from tests.factories.studios import make_person, make_studio
from tests.texts import sentences

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture
def method(engine):
    page = make_method(title="带压堵漏操作法", studio=make_studio(name="沈师傅工作室", leader=make_person("沈岳")))
    drain_all(engine)
    return page


def page(client, **asked) -> str:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return sentences(unescape(answer.content.decode()))


def test_what_was_meant_is_said_plainly_with_a_way_to_insist(client, method):
    body = page(client, q="堵楼")
    assert "没有找到“堵楼”，下面是“堵漏”的结果。" in body
    assert "共 1 篇" in body
    insist = re.search(r'href="(\?[^"]*exact=1)"', body).group(1)
    assert "没有找到“堵楼”" in sentences(unescape(client.get(f"/search/{insist}").content.decode()))
    assert "下面是" not in page(client, q="堵楼", exact="1")


def test_few_hits_come_with_an_offer(client, engine, method):
    make_case(title="堵楼的笔误")
    make_case(title="堵漏之二")
    drain_all(engine)
    body = page(client, q="堵楼")
    assert "您是不是要找：" in body and "共 1 篇" in body
    assert "您是不是要找" not in page(client, q="堵漏")


def test_where_nothing_is_found_masters_and_words_are_named(client, method):
    owner_suggestions_set(kind="term", key="1", entries=term_entries(["埋弧焊"]))
    body = page(client, q="龙门吊")
    assert "问一问师傅" in body and "沈岳" in body and "沈师傅工作室" in body
    assert "埋弧焊" in body
    assert "问一问师傅" not in page(client, q="堵漏")


def test_masters_of_the_readers_trade_come_first(db):
    trade = TradeFactory(name="碳化工")
    others = [make_studio(name=f"甲{number}工作室") for number in range(5)]
    ours = make_studio(name="乙工作室", leader=make_person("韩山"))
    for studio, of in [(others[0], None), (ours, trade)]:
        person = studio.leaders.get().person
        posting(person, studio.unit)
        Posting.objects.filter(person=person).update(trade=of)
    reader = UserFactory()
    posting(reader, ours.unit)
    Posting.objects.filter(person=reader).update(trade=trade)
    assert people_to_ask(reader)[0].name == "韩山"
    assert people_to_ask(NOBODY, trade.pk)[0].name == "韩山"
    assert len(people_to_ask(NOBODY)) == 4


def test_masters_of_a_studio_that_one_may_not_see_are_not_named(method):
    studio_page = method.get_parent().specific
    studio_page.own_audience = ["signed-in"]
    studio_page.save_revision().publish()
    assert people_to_ask(NOBODY) == []
    assert [one.name for one in people_to_ask(UserFactory())] == ["沈岳"]


def test_words_are_a_handful(db):
    owner_suggestions_set(kind="term", key="1", entries=term_entries([f"词语{number}" for number in range(20)]))
    assert len(popular_terms(NOBODY)) == 8
