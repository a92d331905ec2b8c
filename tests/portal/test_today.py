"""What waits for a person today: each role sees its own things, the most urgent first."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kb.models import Notice
from kb.publishing import services
from people.models import Role, User
from portal.today import MOST_OF_A_KIND, tasks_of
from search.models import SearchIndex, SearchObject, SearchSent
from studios.models import MembershipRole, Studio
from tests.factories.kb import make_method
from tests.factories.people import UnitFactory, UserFactory, grant, posting
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db


def titles(user: User) -> list[str]:
    return [str(task.title) for task in tasks_of(User.objects.get(pk=user.pk))]


@pytest.fixture
def studio() -> Studio:
    return make_studio(name="碳化工作室")


@pytest.fixture
def head(studio) -> User:
    return make_member(studio, MembershipRole.HEAD, UserFactory(name="梁启山", last_login=timezone.now())).person


@pytest.fixture
def master(studio) -> User:
    return make_member(studio, MembershipRole.MASTER, UserFactory(name="何立新", last_login=timezone.now())).person


def submitted(master: User, studio: Studio, title: str):
    method = make_method(title=title, studio=studio, author=master, published=False)
    services.submit(actor=master, page=method)
    method.refresh_from_db()
    return method


def test_nothing_waits_for_a_trainee_who_writes_nothing():
    assert titles(UserFactory()) == []


def test_head_is_told_of_each_text_that_waits(head, master, studio):
    submitted(master, studio, "木塞堵漏法")
    assert "审核：木塞堵漏法" in titles(head)
    assert titles(master) == []


def test_head_sees_five_texts_and_the_number_of_the_rest(head, master, studio):
    for number in range(MOST_OF_A_KIND + 2):
        submitted(master, studio, f"做法{number}")
    assert sum(title.startswith("审核：") for title in titles(head)) == MOST_OF_A_KIND
    assert "还有 2 篇等您审核" in titles(head)


def test_deputy_without_a_role_reviews_within_his_dates(master, studio):
    member = make_member(studio)
    submitted(master, studio, "木塞堵漏法")
    assert titles(member.person) == []
    member.deputy_from_date = member.deputy_to_date = timezone.localdate()
    member.save()
    assert titles(member.person) == ["审核：木塞堵漏法"]


def test_author_reads_the_reason_where_a_text_was_sent_back(head, master, studio):
    method = submitted(master, studio, "木塞堵漏法")
    services.send_back(actor=head, page=method, revision_id=method.latest_revision_id, reason="第 3 步少一个压力值")
    first = tasks_of(User.objects.get(pk=master.pk))[0]
    assert first.title == "按意见修改：木塞堵漏法"
    assert first.meta == "第 3 步少一个压力值"
    assert first.badge == "returned"


def test_own_draft_comes_after_everything_else(head, studio):
    make_method(title="没写完的做法", studio=studio, author=head, published=False)
    assert titles(head)[-1] == "接着写：没写完的做法"


def test_unread_good_news_is_shown_until_it_is_read(master):
    notice = Notice.objects.create(person=master, kind=Notice.Kind.RELEASED, title="木塞堵漏法 已发布", url="/")
    assert "木塞堵漏法 已发布" in titles(master)
    notice.read_at = timezone.now()
    notice.save()
    assert "木塞堵漏法 已发布" not in titles(master)


def test_hr_is_told_how_many_within_reach_never_signed_in():
    unit, other = UnitFactory(), UnitFactory()
    hr = UserFactory(last_login=timezone.now())
    grant(hr, Role.HR, unit)
    posting(UserFactory(), unit)
    posting(UserFactory(), other)
    posting(UserFactory(last_login=timezone.now()), unit)
    assert titles(hr) == ["1 人还没有登录过"]


def test_union_is_told_of_records_with_gaps_within_reach(studio):
    union = UserFactory()
    grant(union, Role.UNIT_UNION, studio.unit)
    make_studio(name="别处工作室")
    assert titles(union) == ["补全档案：碳化工作室"]


def test_administrator_is_told_of_changes_that_search_could_not_take():
    admin = UserFactory(is_superuser=True)
    assert titles(admin) == []
    index = SearchIndex.objects.create(name="x-1", engine="embedded", analysis_version="1")
    changed = SearchObject.objects.create(kind="method", key="1", changed_at=timezone.now())
    SearchSent.objects.create(object=changed, index=index, attempts=3, error="没有应答")
    assert titles(admin) == ["1 项改动没有进搜索"]
