"""The start page, my page and the lists, as different readers see them."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from courses.models import CoursePage
from people.audience import page_audience_refresh
from people.models import Role, User
from studios.models import MembershipRole
from tests.factories.kb import make_method, make_tag
from tests.factories.people import TradeFactory, UnitFactory, UserFactory, grant, posting
from tests.factories.studios import make_member, make_studio
from tests.texts import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee() -> User:
    return UserFactory(name="周小满")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_start_page_has_the_search_box_and_says_what_to_do_where_nothing_is_published(client):
    text = page(client, "/")
    assert 'role="search"' in text
    assert "登录后看全部内容" in text
    assert "还没有工作室" in text


def test_start_page_shows_what_is_new_in_ones_own_trade(trainee):
    carbon, forklift = TradeFactory(name="碳化工"), TradeFactory(name="叉车司机")
    posting(trainee, UnitFactory(), trade=carbon)
    make_method(title="木塞堵漏法", trades=[carbon])
    make_method(title="一铲准", trades=[forklift])
    text = page(signed_in(trainee), "/")
    assert "碳化工 · 新发布" in sentences(text)
    assert "木塞堵漏法" in text
    assert "一铲准" not in text


def test_start_page_shows_all_that_is_new_where_ones_trade_has_nothing(trainee):
    posting(trainee, UnitFactory(), trade=TradeFactory(name="电工"))
    make_method(title="一铲准", trades=[TradeFactory()])
    text = page(signed_in(trainee), "/")
    assert "电工 · 新发布" not in text
    assert "一铲准" in text


def test_start_page_offers_the_words_of_what_is_new(trainee):
    make_method(tags=[make_tag("堵漏")])
    assert "/search/?q=%E5%A0%B5%E6%BC%8F" in page(signed_in(trainee), "/")


def test_start_page_names_studios_with_their_leaders(trainee):
    make_studio(leader=UserFactory(name="梁启山"), name="碳化工作室")
    text = page(signed_in(trainee), "/")
    assert "碳化工作室" in text
    assert "梁启山" in text


def test_start_page_shows_nobody_what_is_for_one_studio_only(trainee):
    studio = make_studio()
    hidden = make_method(title="未公开的做法", studio=studio, own_audience=[f"studio:{studio.pk}"])
    page_audience_refresh(page=hidden)
    assert "未公开的做法" not in page(signed_in(trainee), "/")


def test_queries_of_the_start_page_do_not_grow_with_what_is_published(trainee, django_assert_max_num_queries):
    trade = TradeFactory()
    posting(trainee, UnitFactory(), trade=trade)
    for _number in range(8):
        make_method(trades=[trade])
    client = signed_in(trainee)
    client.get("/")
    with django_assert_max_num_queries(13):
        client.get("/")


def test_my_page_asks_to_sign_in(client):
    response = client.get("/me/")
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_my_page_of_a_trainee_says_that_nothing_waits_and_opens_only_learning(trainee):
    text = page(signed_in(trainee), "/me/")
    assert "今天没有等您处理的事" in text
    assert 'href="/learn/"' in text
    assert 'href="/review/"' not in text


@pytest.mark.parametrize(
    ("role", "door"),
    [
        (Role.HR, "/people/"),
        (Role.COMPANY_UNION, "/union/studios/"),
        (Role.EDITOR, "/review/"),
        (Role.AUDITOR, "/union/studios/"),
    ],
)
def test_my_page_opens_the_doors_of_a_role(trainee, role, door):
    grant(trainee, role)
    assert f'href="{door}"' in page(signed_in(trainee), "/me/")


def test_my_page_of_a_studio_head_opens_the_review_queue(trainee):
    make_member(make_studio(), MembershipRole.HEAD, trainee)
    text = page(signed_in(trainee), "/me/")
    assert 'href="/review/"' in text
    assert 'href="/union/studios/"' not in text


def test_style_page_exists_for_editors_only(trainee):
    assert signed_in(trainee).get("/style/").status_code == 403
    grant(trainee, Role.EDITOR)
    assert "样式与组件" in page(signed_in(trainee), "/style/?errors=no")


@pytest.mark.parametrize("name", ["403", "403_csrf", "404", "429", "500", "503"])
def test_pages_of_failure_stand_without_a_reader_or_a_request(name):
    assert 'class="state-page"' in render_to_string(f"{name}.html")


def make_course(studio, title, trades=()):
    """A published course below the studio's page."""
    studio.page.refresh_from_db()
    course = studio.page.add_child(instance=CoursePage(title=title, slug=title, aims="能堵住漏点", live=False))
    course.trades = trades
    course.save_revision().publish()
    return CoursePage.objects.get(pk=course.pk)


def test_course_list_puts_ones_own_trade_first_and_is_filtered(trainee):
    carbon, forklift = TradeFactory(name="碳化工"), TradeFactory(name="叉车司机")
    posting(trainee, UnitFactory(), trade=carbon)
    first, second = make_studio(name="甲工作室"), make_studio(name="乙工作室")
    make_course(first, "堵漏入门", [carbon])
    make_course(second, "叉车入门", [forklift])
    client = signed_in(trainee)
    text = page(client, "/courses/")
    assert text.index("堵漏入门") < text.index("叉车入门")
    assert "堵漏入门" not in page(client, f"/courses/?trade={forklift.pk}")
    assert "叉车入门" not in page(client, f"/courses/?studio={first.pk}")
    assert "堵漏入门" in page(client, "/courses/?trade=x&studio=9999&page=z")


def test_empty_course_list_says_what_to_do(client, trainee):
    assert "登录后看课程" in page(client, "/courses/")
    assert "还没有您能学的课程" in page(signed_in(trainee), "/courses/")
