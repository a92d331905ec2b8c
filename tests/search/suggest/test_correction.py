"""What a reader is offered where his query finds little: only what he may find."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import AnonymousUser

from search.models import VocabularyWord
from search.query import search
from search.registry import Offers
from search.suggest.correction import offers
from search.suggest.services import terms_known
from search.sync.drain import drain_all
from studios.models import MembershipRole
from tests.factories.kb import make_case, make_method, step_block
from tests.factories.people import UserFactory
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture
def studio():
    return make_studio(name="冯师傅工作室")


@pytest.fixture
def method(engine, studio):
    steps = [step_block(1, action="先看轴承，再听离心泵。"), step_block(2, action="电缆用 YJV-22，冷凝水放尽。")]
    page = make_method(title="带压堵漏操作法", studio=studio, steps=steps, authors_text="褚远")
    drain_all(engine)
    return page


MEANT = {
    "堵楼": "堵漏",
    "堵樓": "堵漏",
    "duolou": "堵漏",
    "dulou": "堵漏",
    "caozuofa": "操作法",
    "czf": "操作法",
    "daiyadulou": "带压堵漏",
    "离心蹦": "离心泵",
    "冷林水": "冷凝水",
    "yjw-22": "yjv-22",
    "chuyuan": "褚远",
}


def test_what_was_meant_is_shown_instead_where_nothing_is_found(method):
    told = {typed: offers(user=NOBODY, text=typed, total=0).corrected for typed in MEANT}
    assert told == MEANT


def test_the_page_of_results_shows_what_was_meant_unless_the_reader_insists(client, method):
    found = search(user=NOBODY, text="堵楼")
    assert (found.corrected, found.total) == ("堵漏", 1)
    assert search(user=NOBODY, text="堵楼", exact=True).total == 0
    body = client.get("/search/", {"q": "堵楼"}).content.decode()
    assert "带压" in body and "堵漏" in body


def test_few_hits_are_kept_and_another_spelling_is_offered(engine, method, studio):
    make_case(title="堵楼的笔误", studio=studio)
    for number in range(3):
        make_case(title=f"堵漏之{number}", studio=studio)
    drain_all(engine)
    found = search(user=NOBODY, text="堵楼")
    assert (found.total, found.corrected, found.offers) == (1, None, ("堵漏",))


def test_nothing_is_offered_for_what_finds_enough_or_is_quoted_or_is_nonsense(method):
    assert offers(user=NOBODY, text="堵楼", total=3) == Offers()
    assert offers(user=NOBODY, text="“堵楼”", total=0) == Offers()
    for odd in ("", "\x00", "😀", "a" * 300, "堵" * 300, "' OR 1=1", "xyzxyz", "-", "*"):
        assert offers(user=NOBODY, text=odd, total=0) == Offers(), odd


class TestRestricted:
    """What one may not see is not spelt out to him, and does not keep anything from being spelt."""

    @pytest.fixture
    def secret(self, engine, studio):
        page = make_method(
            title="碳酸钾配比法", studio=studio, own_audience=[f"studio:{studio.pk}"], authors_text="卫不言"
        )
        drain_all(engine)
        return page

    def test_a_stranger_is_offered_nothing_of_it(self, secret):
        for user in (NOBODY, UserFactory()):
            for typed in ("碳酸甲", "配笔", "tansuanjia", "tsjpb", "peibi", "weibuyan", "wby", "卫不严", "卫布言"):
                assert offers(user=user, text=typed, total=0) == Offers(), typed

    def test_a_member_is(self, secret, studio):
        member = make_member(studio, MembershipRole.MEMBER).person
        assert offers(user=member, text="配笔", total=0).corrected == "配比"
        assert offers(user=member, text="tansuanjia", total=0).corrected == "碳酸钾"
        assert offers(user=member, text="wby", total=0).corrected == "卫不言"

    def test_its_words_do_not_hide_a_correction(self, engine, method, studio):
        make_method(title="堵楼记", studio=studio, own_audience=[f"studio:{studio.pk}"])
        drain_all(engine)
        assert offers(user=NOBODY, text="堵楼", total=0).corrected == "堵漏"

    def test_what_became_restricted_is_no_longer_offered(self, engine, method, studio):
        method.own_audience = [f"studio:{studio.pk}"]
        method.save_revision().publish()
        drain_all(engine)
        assert offers(user=NOBODY, text="堵楼", total=0) == Offers()


class TestVocabulary:
    """The words of what was sent."""

    def test_titles_weigh_more_than_texts_and_terms_more_than_titles(self, method):
        weights = dict(VocabularyWord.objects.values_list("word", "weight"))
        assert (weights["操作法"], weights["轴承"]) == (2, 1)
        terms_known(words=["轴承"])
        assert VocabularyWord.objects.get(word="轴承").weight == 3

    def test_what_everybody_may_read_is_not_stored_again_for_others(self, engine, method, studio):
        make_case(title="操作法在内部", studio=studio, own_audience=["signed-in"])
        drain_all(engine)
        assert VocabularyWord.objects.filter(word="操作法").count() == 1
        assert VocabularyWord.objects.filter(word="内部").exists()

    def test_the_same_again_adds_nothing(self, engine, method):
        before = VocabularyWord.objects.count()
        method.save_revision().publish()
        drain_all(engine)
        assert VocabularyWord.objects.count() == before


def test_a_trades_own_word_and_a_name_are_mended_though_the_cutter_does_not_know_them(engine, studio):
    make_case(title="甩尕操作", studio=studio, authors_text="欧阳未若")
    drain_all(engine)
    assert offers(user=NOBODY, text="甩嘎", total=0).corrected == "甩尕"
    assert offers(user=NOBODY, text="欧阳未弱", total=0).corrected == "欧阳未若"


def test_the_longest_queries_are_answered_at_once(method):
    for typed in (
        "堵楼" * 100,
        "堵楼 " * 60,
        "zhuangchuangshuangguanghuangniangg",
        "yjw-22 " * 25,
        "操" * 16,
        "ab" * 16,
    ):
        begun = time.process_time()
        assert offers(user=NOBODY, text=typed, total=0) is not None
        assert time.process_time() - begun < 0.2, typed
