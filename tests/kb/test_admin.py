"""The editor: what its author is told, which buttons he has, that its ways keep the rules of our own queue."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from kb.models import KnowledgePage, Notice, OperatingMethodPage
from kb.publishing.queue import notices_for, queue_for
from kb.publishing.services import send_back, submit
from kb.selectors import latest_release
from people.models import Role
from studios.models import MembershipRole
from studios.selectors import heads_of
from tests.factories.kb import MAKERS, make_case, make_method
from tests.factories.people import grant
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio():
    return make_studio()


@pytest.fixture
def head(studio):
    return heads_of(studio).get()


@pytest.fixture
def author(studio):
    return make_member(studio, MembershipRole.MASTER).person


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def page_form(**fields):
    """What the form of every kind of page sends, besides what is its own."""
    values = {
        "script": "zh-Hans",
        "attachments": streamfield([]),
        "related": streamfield([]),
        "authors_text": "",
        "change_note": "",
        "significance": "minor",
        "own_audience_reach": "",
        "own_audience_people": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **fields,
    }
    return nested_form_data(values)


def case_form(**fields):
    values = {
        "title": "夜班掉袋",
        "slug": "night",
        "kind": "typical",
        "summary": "",
        "happened_date": "",
        "place": "",
        "losses": "",
        "what_happened": "晚上装车掉了一袋。",
        "cause": "",
        "handling": "",
        "lesson": "",
        "values": streamfield([]),
        "pictures": streamfield([]),
    }
    return page_form(**values | fields)


def test_every_kind_has_a_maker_for_tests():
    assert set(MAKERS) == set(KnowledgePage.__subclasses__())


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_a_master_opens_the_form_of_every_kind(client, studio, author, model):
    client.force_login(author)
    response = client.get(f"/admin/pages/add/kb/{model._meta.model_name}/{studio.page.pk}/")
    assert response.status_code == 200
    html = client.get(f"/admin/pages/{MAKERS[model](studio=studio, author=author).pk}/edit/").content.decode()
    assert "发布以后能看到的人：所有人" in html
    assert "谁可以看" in html


def test_a_master_saves_a_draft_and_submits_it_from_the_editor(client, studio, author, head):
    client.force_login(author)
    address = f"/admin/pages/add/kb/casepage/{studio.page.pk}/"
    response = client.post(address, case_form(**{"action-submit": "1"}))
    assert response.status_code == 302, response.context["form"].errors
    page = Page.objects.get(slug="night").specific
    assert not page.live
    assert [row.page.pk for row in queue_for(head)] == [page.pk]
    assert notices_for(head).get().kind == Notice.Kind.SUBMITTED


def test_a_master_may_not_publish_and_has_submit_at_hand(client, studio, author):
    client.force_login(author)
    page = make_case(studio=studio, author=author, published=False, slug="night")
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-submit"' in html
    assert 'name="action-publish"' not in html
    client.post(f"/admin/pages/{page.pk}/edit/", case_form(**{"action-publish": "1"}))
    assert not fresh(page).live


def test_the_reason_stands_beside_the_text(client, studio, author, head):
    page = make_method(studio=studio, author=author, published=False)
    submit(actor=author, page=page)
    send_back(actor=head, page=fresh(page), revision_id=page.latest_revision_id, reason="第 2 步写清力矩")
    client.force_login(author)
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "已退回，等您修改" in html
    assert "第 2 步写清力矩" in html


@pytest.mark.parametrize(("heads", "is_live"), [(1, True), (2, False)])
def test_a_head_publishes_at_once_only_where_he_is_alone(client, studio, head, heads, is_live):
    if heads == 2:
        make_member(studio, MembershipRole.HEAD)
    page = make_case(studio=studio, author=head, published=False, slug="night")
    client.force_login(head)
    client.post(f"/admin/pages/{page.pk}/edit/", case_form(title="改过的", **{"action-publish": "1"}))
    page = fresh(page)
    assert page.live is is_live
    assert page.get_latest_revision_as_object().title == "改过的"
    if is_live:
        assert latest_release(page.page_key).is_own_text


def test_the_editors_buttons_decide_by_the_rules_of_the_queue(client, studio, author, head):
    page = make_case(studio=studio, author=author, published=False, slug="night")
    submit(actor=author, page=page)
    client.force_login(head)
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "通过并发布" in html
    data = case_form(**{"action-workflow-action": "1", "workflow-action-name": "approve"})
    client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert fresh(page).live
    assert latest_release(page.page_key).released_by == head
    assert notices_for(author).get().kind == Notice.Kind.RELEASED


def test_an_editor_publishes_from_the_editor(client, studio, author):
    editor = make_person(is_superuser=True)
    grant(editor, Role.EDITOR)
    page = make_case(studio=studio, author=author, published=False, slug="night")
    client.force_login(editor)
    client.post(f"/admin/pages/{page.pk}/edit/", case_form(**{"action-publish": "1"}))
    assert latest_release(page.page_key).released_by == editor


def test_a_master_sees_only_his_studios_pages(client, studio, author):
    make_method(studio=studio, title="自己的操作法")
    foreign = make_method(title="别家的操作法")
    client.force_login(author)
    html = client.get("/admin/pages/", follow=True).content.decode()
    assert "自己的操作法" in html
    assert "别家的操作法" not in html
    assert client.get(f"/admin/pages/{foreign.pk}/edit/").status_code in (302, 403)


def test_authors_are_chosen_among_the_studios_people(client, studio, author):
    stranger = make_person(name="外人甲")
    client.force_login(author)
    html = client.get(f"/admin/pages/add/kb/casepage/{studio.page.pk}/").content.decode()
    assert author.name in html
    assert stranger.name not in html


def test_a_value_outside_its_limits_is_told(client, studio, author):
    block = {"name": "压力", "unit": "MPa", "minimum": "0.2", "maximum": "0.1", "target": "5"}
    client.force_login(author)
    form = case_form(values=streamfield([("value", block)]), **{"action-submit": "1"})
    response = client.post(f"/admin/pages/add/kb/casepage/{studio.page.pk}/", form)
    wrong = response.context["form"].errors.as_data()["values"][0].block_errors[0].block_errors
    assert set(wrong) == {"maximum", "target"}
    assert not Page.objects.filter(slug="night").exists()


def test_a_draft_may_be_saved_before_it_is_whole(client, studio, author):
    client.force_login(author)
    fields = {
        "title": "半篇",
        "slug": "half",
        "effect": "",
        "applicability": "",
        "tools": "",
        "protective_gear": "",
        "hazards": streamfield([]),
        "steps": streamfield([]),
        "proof": "",
        "honours": streamfield([]),
        "applied": streamfield([]),
    }
    response = client.post(f"/admin/pages/add/kb/operatingmethodpage/{studio.page.pk}/", page_form(**fields))
    assert response.status_code == 302
    assert OperatingMethodPage.objects.filter(title="半篇").exists()


def test_the_editor_asks_whether_its_author_is_signed_in_again(client, studio, author):
    assert client.get("/review/session/").json()["signed_in"] is False
    page = make_case(studio=studio, author=author, published=False)
    client.force_login(author)
    answer = client.get("/review/session/")
    assert answer.json()["signed_in"] is True
    assert "no-store" in answer["Cache-Control"]
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'data-session="/review/session/"' in html
    assert "登录已过期" in html
