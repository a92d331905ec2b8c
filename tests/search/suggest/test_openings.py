"""What is opened more is suggested before its equals, and before nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from search.insight.models import OpenedCount
from search.models import SuggestionEntry, SuggestionKey
from search.suggest.openings import opened_step, openings_take
from search.suggest.services import suggestions
from search.sync.drain import drain_all
from studios.models import MembershipRole
from tests.factories.kb import make_case
from tests.factories.people import UserFactory
from tests.factories.studios import make_member, make_studio

NOBODY = AnonymousUser()


def labels(text: str, user=NOBODY) -> list[str]:
    return [found.label for found in suggestions(user=user, text=text)]


def opened(page, times: int, *, days_ago: int = 1) -> None:
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    OpenedCount.objects.create(
        date=day, text="堵漏", kind="case", key=str(page.page_key), studio=None, rank=1, count=times
    )


def test_a_step_is_a_doubling():
    assert [opened_step(times) for times in (0, 2, 3, 5, 6, 11, 12, 1000, 10**9)] == [0, 0, 1, 1, 2, 2, 3, 9, 9]


@pytest.mark.django_db
class TestOrder:
    @pytest.fixture(autouse=True)
    def _pages(self, engine):
        self.studio = make_studio(name="钱师傅工作室")
        self.short, self.long, self.inside = (
            make_case(title=title, studio=self.studio) for title in ("堵漏甲", "堵漏乙号之二", "再谈堵漏")
        )
        drain_all(engine)
        self.engine = engine

    def test_what_is_opened_more_comes_before_its_equals(self):
        assert labels("堵漏") == ["堵漏甲", "堵漏乙号之二", "再谈堵漏"]
        opened(self.long, 4)
        assert openings_take() == 1
        assert labels("堵漏") == labels("dulou") == ["堵漏乙号之二", "堵漏甲", "再谈堵漏"]
        assert labels("dl")[0] == "堵漏乙号之二"
        assert openings_take() == 0

    def test_nothing_is_lifted_above_a_better_match(self):
        opened(self.inside, 5000)
        opened(self.long, 5000)
        openings_take()
        assert labels("堵漏")[2] == "再谈堵漏"
        assert labels("堵漏甲") == ["堵漏甲"]

    def test_a_few_openings_and_old_ones_change_nothing(self):
        opened(self.long, 2)
        opened(self.long, 50, days_ago=91)
        assert openings_take() == 0

    def test_what_is_opened_no_more_falls_back(self):
        before = list(SuggestionKey.objects.order_by("pk").values_list("pk", "rank"))
        opened(self.long, 40)
        openings_take()
        OpenedCount.objects.all().delete()
        assert openings_take() == 1
        assert list(SuggestionKey.objects.order_by("pk").values_list("pk", "rank")) == before

    def test_openings_of_what_one_may_not_see_order_nothing_that_one_sees(self):
        secret = make_case(title="堵漏的秘密", studio=self.studio, own_audience=[f"studio:{self.studio.pk}"])
        drain_all(self.engine)
        before = labels("堵漏")
        opened(secret, 500)
        openings_take()
        assert labels("堵漏") == labels("堵漏", UserFactory()) == before
        member = make_member(self.studio, MembershipRole.MEMBER).person
        assert labels("堵漏", member)[0] == "堵漏的秘密"

    def test_people_and_words_have_no_openings(self):
        opened(self.long, 40)
        openings_take()
        assert set(SuggestionEntry.objects.exclude(opened=0).values_list("label", flat=True)) == {"堵漏乙号之二"}

    def test_the_night_does_it_and_a_keystroke_asks_nothing_more(self, django_assert_max_num_queries, capsys):
        opened(self.long, 4)
        call_command("search_insight_prune")
        assert "1 条输入提示" in capsys.readouterr().out
        with django_assert_max_num_queries(4):
            assert labels("堵漏")[0] == "堵漏乙号之二"
