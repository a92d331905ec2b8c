"""Suggestions while typing: any spelling, the best first, nothing that the reader may not see."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from people.models import Role
from search.models import SuggestionClaim, SuggestionEntry, SuggestionKey, SuggestionOwner
from search.suggest.services import owner_suggestions_set, suggestions, term_entries
from search.sync.audit import audit, audit_and_heal
from search.sync.drain import drain_all
from studios.models import MembershipRole
from tests.factories.kb import make_case, make_method
from tests.factories.people import UserFactory, grant
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def labels(text: str, user=NOBODY, **more) -> list[str]:
    return [found.label for found in suggestions(user=user, text=text, **more)]


@pytest.fixture
def studio():
    return make_studio(name="钱师傅工作室")


@pytest.fixture
def method(engine, studio):
    page = make_method(title="带压堵漏操作法", studio=studio, authors_text="单大为、钱重庆")
    drain_all(engine)
    return page


SPELLINGS = (
    "带压", "帶壓", "堵漏", "操作法", "带压 堵漏", "daiyadulou", "dai ya", "DAIYA", "dydl", "dulou", "dlc", "caozuofa", "czf",
    "caozf", "czuof", "caozuof", "操zf", "堵漏cz", "d", "带", "ｄａｉ",
)  # fmt: skip


def test_any_spelling_of_a_beginning_suggests_the_title(method):
    assert [typed for typed in SPELLINGS if "带压堵漏操作法" not in labels(typed)] == []


def test_what_begins_nothing_suggests_nothing(method):
    for typed in ("", "  ", "\x00", "，。", "堵楼", "dzf", "操作作", "xyz", "a" * 10_000):
        assert labels(typed) == []


def test_a_suggestion_names_its_kind_and_studio_and_leads_to_the_page(method, studio):
    found = suggestions(user=NOBODY, text="daiya")[0]
    assert (found.kind, found.kind_label, found.detail) == ("method", "操作法", studio.name)
    assert suggestions(user=NOBODY, text="qsf")[0].detail == ""
    assert (found.url, found.query) == (method.get_url(), None)
    assert found.marks == ((0, 2),)


def test_those_who_made_it_are_suggested_as_words_to_search_for(method):
    read = {"shanda": "单大为", "dandawei": "单大为", "sdw": "单大为", "qianchongqing": "钱重庆", "大为": "单大为"}
    for typed, name in read.items():
        found = {one.label: one for one in suggestions(user=NOBODY, text=typed)}[name]
        assert (found.kind, found.url, found.query) == ("person", None, name)
        assert found.marks


def test_the_studio_is_suggested_by_its_name(method, studio):
    assert labels("qsf")[0] == studio.name


def test_the_title_itself_comes_before_beginnings_words_inside_and_initials(engine, studio):
    for title in ("堵漏", "堵漏操作法", "带压堵漏", "堵漏操作法的由来"):
        make_case(title=title, studio=studio)
    make_case(title="冬练操作", studio=studio)
    drain_all(engine)
    assert labels("堵漏") == ["堵漏", "堵漏操作法", "堵漏操作法的由来", "带压堵漏"]
    assert labels("dl")[-1] == "带压堵漏"
    assert labels("dulou")[0] == "堵漏"


def test_a_person_of_many_pages_is_one_row(engine, studio):
    for number in range(4):
        make_case(title=f"案例之{number}", studio=studio, authors_text="赵大力")
    drain_all(engine)
    assert labels("zhaodali") == ["赵大力"]
    assert SuggestionEntry.objects.filter(kind="person").count() == 1


class TestRestricted:
    """Neither the title of what one may not see nor whoever made it."""

    @pytest.fixture
    def secret(self, engine, studio):
        page = make_method(
            title="保密配方法", studio=studio, own_audience=[f"studio:{studio.pk}"], authors_text="孙不语"
        )
        drain_all(engine)
        return page

    def test_is_not_suggested_to_a_stranger(self, secret):
        for user in (NOBODY, UserFactory()):
            for typed in ("保密", "baomi", "bmpff", "b", "p", "配方", "孙不语", "sunbuyu", "sby", "s", "sunby"):
                assert not {"保密配方法", "孙不语"} & set(labels(typed, user))

    def test_is_suggested_to_a_member_and_to_an_auditor(self, secret, studio):
        auditor = UserFactory()
        grant(auditor, Role.AUDITOR)
        for user in (make_member(studio, MembershipRole.MEMBER).person, auditor):
            assert labels("bmpf", user) == ["保密配方法"]
            assert labels("sunby", user) == ["孙不语"]

    def test_is_no_longer_suggested_once_it_is_restricted(self, engine, studio):
        page = make_case(title="公开的案例", studio=studio, authors_text="周知")
        drain_all(engine)
        assert labels("gongkai") == ["公开的案例"]
        page.own_audience = [f"studio:{studio.pk}"]
        page.save_revision().publish()
        drain_all(engine)
        assert labels("gongkai") == labels("zhouzhi") == []

    def test_an_author_stays_while_another_page_names_him(self, engine, studio):
        for number in range(2):
            make_case(title=f"案例之{number}", studio=studio, authors_text="吴一")
        drain_all(engine)
        make = type(make_case(title="第三", studio=studio))
        first, second = make.objects.filter(title__startswith="案例之")
        first.unpublish()
        drain_all(engine)
        assert labels("wuyi") == ["吴一"]
        second.delete()
        drain_all(engine)
        assert labels("wuyi") == []


def test_a_new_title_replaces_the_old_one(engine, method):
    method.title = "焊接修补法"
    method.save_revision().publish()
    drain_all(engine)
    assert labels("daiya") == []
    assert labels("hanjie") == ["焊接修补法"]


def test_sending_the_same_again_writes_nothing(engine, method, django_assert_num_queries):
    from search.services.objects import objects_changed
    from search.suggest.services import pieces_record
    from search.sync.drain import build, due_objects

    objects_changed("method", [str(method.page_key)])
    pieces, _refused = build(due_objects(10))
    pieces_record(sent=dict(pieces))
    before = set(SuggestionKey.objects.values_list("pk", flat=True))
    pieces_record(sent=dict(pieces))
    assert set(SuggestionKey.objects.values_list("pk", flat=True)) == before


def test_nothing_is_left_of_what_is_gone(engine, method, studio):
    method.delete()
    studio.page.delete()
    drain_all(engine)
    rows = (SuggestionEntry, SuggestionKey, SuggestionOwner, SuggestionClaim)
    assert [model.objects.count() for model in rows] == [0, 0, 0, 0]


def test_terms_are_suggested_until_they_are_taken_back(db):
    owner_suggestions_set(kind="term", key="7", entries=term_entries(["埋弧焊"]))
    assert labels("maihu") == labels("mhh") == ["埋弧焊"]
    assert suggestions(user=NOBODY, text="埋")[0].query == "埋弧焊"
    owner_suggestions_set(kind="term", key="7", entries=[])
    assert labels("maihu") == []


def test_the_number_of_queries_is_bounded(engine, method, django_assert_max_num_queries):
    labels("c")
    with django_assert_max_num_queries(6):
        assert labels("caozf")


class TestAudit:
    """What is missing, stale or left over is found and mended."""

    @pytest.mark.parametrize("damage", ["missing", "changed", "left over"])
    def test_heals(self, engine, method, damage):
        owner = SuggestionOwner.objects.get(kind="method", key=str(method.page_key))
        if damage == "missing":
            owner.delete()
        elif damage == "changed":
            SuggestionOwner.objects.filter(pk=owner.pk).update(digest="0")
        else:
            SuggestionOwner.objects.create(kind="method", key="00000000-0000-0000-0000-000000000000", digest="0")
        before, after = audit_and_heal(engine)
        assert len(before.suggestions) == 1 and not before.stale
        assert after.clean
        assert "带压堵漏操作法" in labels("czf")

    def test_takes_what_is_right_as_right(self, engine, method):
        assert audit(engine).clean
