"""Pinyin as it is typed by those who say it otherwise or mistype: suggested where nothing begins so."""

from __future__ import annotations

import itertools
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as some

from search.suggest.services import owner_suggestions_set, suggestions, term_entries
from search.suggest.sounds import folded_letters, syllables
from search.suggest.typos import MOST, mistyped
from search.sync.drain import drain_all
from tests.factories.kb import make_case, make_method
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio

NOBODY = AnonymousUser()


def labels(text: str, user=NOBODY) -> list[str]:
    return [found.label for found in suggestions(user=user, text=text)]


@given(some.lists(some.sampled_from(sorted(syllables())), min_size=1, max_size=5).map("".join), some.data())
def test_a_beginning_of_pinyin_folds_to_a_beginning_of_its_fold(spelling, data):
    length = data.draw(some.integers(0, len(spelling)))
    assert folded_letters(spelling).startswith(folded_letters(spelling[:length]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("duolou", "dulou"),
        ("caozofa", "caozuofa"),
        ("daiyadlou", "daiyadulou"),
        ("caozuopa", "caozuofa"),
        ("weiqijnig", "weiqijing"),
    ],
)
def test_one_wrong_missing_additional_or_swapped_letter_is_mended(typed, meant):
    assert folded_letters(meant) in mistyped(typed)


def test_what_is_meant_by_a_mistype_are_syllables_and_few():
    whole = re.compile(
        f"(?:{'|'.join(sorted({folded_letters(one) for one in syllables()}, key=len, reverse=True))})*[a-z]{{0,6}}"
    )
    for typed in ("caozuofa", "zhuangxie", "daiyadulou", "xqzvkk", "a" * 40, "anananananan", "zzzzzzzzzz"):
        found = mistyped(typed)
        assert len(found) <= MOST and all(map(whole.fullmatch, found)), typed
        assert folded_letters(typed) not in found
    assert mistyped("dlou") == ()


@pytest.mark.django_db
class TestWhileTyping:
    @pytest.fixture(autouse=True)
    def _pages(self, engine):
        studio = make_studio(name="钱师傅工作室")
        for title in ("装卸车操作要点", "带压堵漏操作法", "回收母液", "粉尘净化", "女工绿化"):
            make_case(title=title, studio=studio)
        make_method(title="装卸保密配方", studio=studio, own_audience=[f"studio:{studio.pk}"])
        drain_all(engine)

    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ("zuangxie", "装卸车操作要点"),
            ("zhuanxie", "装卸车操作要点"),
            ("zuanx", "装卸车操作要点"),
            ("daiyaduno", "带压堵漏操作法"),
            ("chaozuo", "带压堵漏操作法"),
            ("fuishou", "回收母液"),
            ("hengchen", "粉尘净化"),
            ("nugong", "女工绿化"),
            ("luuhua", "女工绿化"),
            ("zuangxeiche", "装卸车操作要点"),
            ("daiyaduoloucao", "带压堵漏操作法"),
            ("zhuangsiecaozuo", None),
        ],
    )
    def test_what_is_meant_is_suggested_by_its_plain_name(self, typed, title):
        assert (title in labels(typed)) if title else labels(typed) == []

    def test_only_where_nothing_begins_as_typed(self):
        owner_suggestions_set(kind="term", key="1", entries=term_entries(["钻削"]))
        assert labels("zuanx") == ["钻削"]

    def test_restricted_titles_stay_unsaid(self):
        for typed in ("zuangxiebaomi", "zuangxeibaomi", "baomipeihang"):
            assert labels(typed) == labels(typed, UserFactory()) == []

    def test_the_number_of_queries_is_bounded(self, django_assert_max_num_queries):
        labels("c")
        for typed in ("zuangxeiche", "xqzvkk"):
            with django_assert_max_num_queries(8):
                labels(typed)

    def test_any_letters_are_answered(self):
        for typed in itertools.islice(map("".join, itertools.product("aznhg", repeat=6)), 0, 15_625, 500):
            labels(typed)
