"""What a reader is shown: what he may see, marked, with its place, its counts exact."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from people.models import Role
from search.query import search
from search.sync.drain import drain_all
from studios.models import MembershipRole
from tests.factories.kb import make_case, make_method, step_block
from tests.factories.people import TradeFactory, UserFactory, grant
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture
def studio():
    return make_studio(name="王师傅堵漏工作室")


@pytest.fixture
def method(studio):
    first = step_block(1, action="先看清母液从哪里喷出。")
    second = step_block(2, title="选塞", action="按孔径选木塞，木塞比孔大两毫米。")
    return make_method(title="带压处理法", studio=studio, steps=[first, second], published=True)


def titles(**asked) -> list[str]:
    return [hit.title.text for hit in search(**{"user": NOBODY, **asked}).hits if hit.exact]


def test_a_word_inside_a_step_leads_to_that_step(engine, method):
    drain_all(engine)
    found = search(user=NOBODY, text="两毫米")
    hit = next(hit for hit in found.hits if hit.key == str(method.page_key))
    block = method.steps[1]
    assert hit.url.endswith(f"?hl=%E4%B8%A4%E6%AF%AB%E7%B1%B3#step-{block.id}")
    assert hit.url.startswith(method.get_url())
    assert "第2步" in hit.place.replace(" ", "")
    marked = [part for part, is_marked in hit.excerpt.parts() if is_marked]
    assert set(marked) == {"两毫米"}


def test_the_studio_and_the_kind_are_named(engine, method, studio):
    drain_all(engine)
    hit = search(user=NOBODY, text="木塞").hits[0]
    assert (hit.studio, hit.kind_label) == (studio.name, "操作法")


def test_counts_and_filters_are_exact(engine, studio):
    trade = TradeFactory(name="碳化工")
    for number in range(3):
        make_method(title=f"堵漏法{number}", studio=studio, trades=[trade] if number else [])
    other = make_studio()
    make_case(title="堵漏不成的案例", studio=other)
    drain_all(engine)
    found = search(user=NOBODY, text="堵漏", per_page=2)
    kinds = {value.label: value.count for value in found.facets["kind"]}
    assert found.total == 5  # three methods, a case, the studio's page by its name
    assert kinds == {"操作法": 3, "案例": 1, "工作室": 1}
    assert {value.label: value.count for value in found.facets["trade"]} == {"碳化工": 2}
    assert search(user=NOBODY, text="堵漏", kind="case").total == 1
    assert search(user=NOBODY, text="堵漏", trade=trade.pk).total == 2
    assert search(user=NOBODY, text="堵漏", studio=other.pk).total == 1
    narrowed = search(user=NOBODY, text="堵漏", kind="method", studio=studio.pk)
    assert {value.label: value.count for value in narrowed.facets["kind"]}["操作法"] == 3
    assert [value.chosen for value in narrowed.facets["kind"] if value.label == "操作法"] == [True]


def test_pages_turn_without_repeating(engine, studio):
    for number in range(5):
        make_method(title=f"吹扫法之{number}", studio=studio)
    drain_all(engine)
    seen = [hit.key for number in (1, 2, 3) for hit in search(user=NOBODY, text="吹扫法", page=number, per_page=2).hits]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("asked", ["木塞", "帶壓處理", "ＭＰａ", "mpa"])
def test_spelling_does_not_matter(engine, method, asked):
    method.steps[0].value["action"] = "压力 0.6 MPa 以下才做。"
    method.save_revision().publish()
    drain_all(engine)
    assert "带压处理法" in titles(text=asked)


class TestRestricted:
    """What one may not see is not found, not counted, not excerpted, not in a facet."""

    @pytest.fixture
    def secret(self, engine, studio):
        page = make_method(title="保密配方法", studio=studio, own_audience=[f"studio:{studio.pk}"])
        make_method(title="公开配方法", studio=make_studio())
        drain_all(engine)
        return page

    def test_for_a_stranger(self, secret):
        for user in (NOBODY, UserFactory()):
            found = search(user=user, text="配方")
            assert [hit.title.text for hit in found.hits] == ["公开配方法"]
            assert found.total == 1
            assert all(value.count == 1 for values in found.facets.values() for value in values)
            assert found.beyond == 0

    def test_a_member_finds_it(self, secret, studio):
        member = make_member(studio, MembershipRole.MEMBER).person
        assert set(titles(user=member, text="配方")) == {"保密配方法", "公开配方法"}

    def test_an_auditor_finds_it(self, secret):
        auditor = UserFactory()
        grant(auditor, Role.AUDITOR)
        assert "保密配方法" in titles(user=auditor, text="配方")

    def test_a_restriction_above_takes_it_from_those_outside(self, engine, secret, studio):
        PageViewRestriction.objects.create(
            page=studio.page, restriction_type=PageViewRestriction.PASSWORD, password="x"
        )
        drain_all(engine)
        member = make_member(studio, MembershipRole.MEMBER).person
        assert titles(user=member, text="配方") == ["公开配方法"]


def test_an_empty_question_finds_nothing_and_asks_nobody(engine, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search(user=NOBODY, text=" \x00 ").hits == ()


@pytest.mark.parametrize(
    "asked",
    [
        "a" * 10_000,
        '"',
        "'; DROP TABLE x; --",
        "AND OR NOT NEAR(",
        "*",
        "堵漏*",
        "title:堵漏",
        "((((",
        "😀😀",
        "\x00",
        "-",
        "^$.*+?{}[]|\\",
    ],
)
def test_hostile_questions_are_answered(engine, method, asked):
    drain_all(engine)
    assert search(user=NOBODY, text=asked).total >= 0


def test_the_number_of_queries_is_bounded(engine, studio, django_assert_max_num_queries):
    for number in range(12):
        make_method(title=f"吹扫法之{number}", studio=make_studio() if number % 3 else studio, trades=[TradeFactory()])
    drain_all(engine)
    search(user=NOBODY, text="吹扫法")
    with django_assert_max_num_queries(5):
        assert len(search(user=NOBODY, text="吹扫法").hits) == 10


def test_a_question_whose_quoted_words_nobody_wrote_is_answered_without_the_quotes(engine, method):
    drain_all(engine)
    asked = "「挑木塞」的时候要比孔大多少毫米才合适?"
    found = search(user=NOBODY, text=asked)
    assert found.corrected == "挑木塞 的时候要比孔大多少毫米才合适?"
    assert str(method.page_key) in {hit.key for hit in found.hits}
    insisting = search(user=NOBODY, text=asked, exact=True)
    assert (insisting.corrected, insisting.total, insisting.hits) == (None, 0, ())


def test_quoted_words_that_somebody_wrote_are_insisted_on(engine, method, studio):
    make_method(title="木塞选用", studio=studio, published=True)
    drain_all(engine)
    found = search(user=NOBODY, text="“按孔径选木塞”的时候要比孔大多少毫米?")
    assert (found.corrected, [hit.key for hit in found.hits]) == (None, [str(method.page_key)])


def test_quoted_words_alone_are_found_as_they_stand_or_not_at_all(engine, method):
    drain_all(engine)
    found = search(user=NOBODY, text="“塞选”")
    assert (found.corrected, found.total, found.beyond) == (None, 0, 0)


def test_what_is_left_out_stays_out_without_the_quotes(engine, method):
    drain_all(engine)
    found = search(user=NOBODY, text="“挑木塞”的时候要比孔大多少毫米才合适 -母液")
    assert found.corrected is None and not found.hits
