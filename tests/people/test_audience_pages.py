"""The audience in force for pages and files, stored and at the door."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from people.audience import (
    may_see_document,
    may_see_page,
    page_audience_refresh,
    page_audiences_refresh_all,
    page_clauses,
    visible_pages,
)
from people.audience.selectors import may_be_served_page
from people.models import PageAudience, Unit
from studios.models import HomePage, Studio, StudioIndexPage, StudioPage
from tests.factories.people import UserFactory, grant, posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home: HomePage) -> StudioIndexPage:
    return StudioIndexPage.objects.first() or home.add_child(instance=StudioIndexPage(title="工作室", slug="studios"))


def studio_page(index: Page, unit: Unit, number: int, tokens: list[str] | None = None) -> StudioPage:
    studio = Studio.objects.create(name=f"工作室{number}", slug=f"s{number}", unit=unit)
    page = StudioPage(title=f"工作室{number}", slug=f"s{number}", studio=studio, own_audience=tokens or [])
    return index.add_child(instance=page)


def restrict(page: Page, kind: str, *groups: Group) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="p")
    restriction.groups.set(groups)
    return restriction


def test_own_clause_and_all_restrictions_above_hold_together(index: StudioIndexPage, workshop: Unit) -> None:
    group = Group.objects.create(name="评审")
    page = studio_page(index, workshop, 1, [f"unit:{workshop.pk}"])
    restrict(index, "groups", group)
    restrict(page, "login")
    assert page_clauses(page) == ((f"group:{group.pk}",), ("signed-in",), (f"unit:{workshop.pk}",))


def test_a_shared_password_is_for_nobody_in_lists(index: StudioIndexPage, workshop: Unit) -> None:
    page = studio_page(index, workshop, 1)
    restrict(index, "password")
    page_audience_refresh(page=index)
    assert page_clauses(page) is None
    assert PageAudience.objects.get(page=page).audience is None
    assert not may_see_page(UserFactory(), page)


def test_the_stored_audience_equals_the_computed_one_for_a_subtree(index: StudioIndexPage, workshop: Unit) -> None:
    pages = [studio_page(index, workshop, n, ["signed-in"] if n % 2 else []) for n in range(4)]
    restrict(pages[2], "login")
    restrict(pages[3], "groups", Group.objects.create(name="甲"), Group.objects.create(name="乙"))
    page_audience_refresh(page=index)
    for page in [index, *pages]:
        stored = PageAudience.objects.get(page_id=page.pk).audience
        assert tuple(tuple(clause) for clause in stored.clauses) == page_clauses(page)


def test_the_queries_of_a_refresh_do_not_grow_with_the_subtree(
    index: StudioIndexPage, workshop: Unit, django_assert_max_num_queries: Any
) -> None:
    for n in range(3):
        studio_page(index, workshop, n, ["signed-in"])
    page_audience_refresh(page=index)
    with django_assert_max_num_queries(11):
        page_audience_refresh(page=index)
    for n in range(3, 20):
        studio_page(index, workshop, n, ["signed-in", f"unit:{workshop.pk}"])
    with django_assert_max_num_queries(20):
        page_audience_refresh(page=index)
    with django_assert_max_num_queries(11):
        assert page_audience_refresh(page=index) == 0


def test_an_alias_has_the_restrictions_of_its_source(index: StudioIndexPage, workshop: Unit) -> None:
    source = studio_page(index, workshop, 1)
    index_two = index.get_parent().add_child(instance=Page(title="另一处", slug="other"))
    below = index_two.add_child(instance=Page(title="底下", slug="below"))
    restrict(below, "login")
    alias = below.create_alias(parent=index, update_slug="below-alias")
    page_audiences_refresh_all()
    assert page_clauses(alias) == (("signed-in",),)
    assert PageAudience.objects.get(page_id=alias.pk).audience.clauses == [["signed-in"]]
    assert PageAudience.objects.get(page_id=source.pk).audience.clauses == []


def test_lists_hold_what_the_reader_may_see(index: StudioIndexPage, workshop: Unit) -> None:
    public = studio_page(index, workshop, 1)
    members = studio_page(index, workshop, 2, [f"unit:{workshop.pk}"])
    draft = studio_page(index, workshop, 3)
    draft.unpublish()
    page_audience_refresh(page=index)
    worker, stranger, auditor = UserFactory(), UserFactory(), UserFactory()
    posting(worker, workshop)
    grant(auditor, "auditor")
    pages = StudioPage.objects.filter(pk__in=[public.pk, members.pk, draft.pk])
    seen = {
        name: set(visible_pages(pages, user))
        for name, user in [
            ("worker", worker),
            ("stranger", stranger),
            ("auditor", auditor),
            ("public", AnonymousUser()),
        ]
    }
    assert seen == {"worker": {public, members}, "stranger": {public}, "auditor": {public, members}, "public": {public}}
    assert may_see_page(worker, members)
    assert not may_see_page(stranger, members)
    assert may_be_served_page(worker, members)
    assert not may_be_served_page(AnonymousUser(), members)


def test_a_page_without_a_stored_audience_is_seen_by_nobody(index: StudioIndexPage, workshop: Unit) -> None:
    page = studio_page(index, workshop, 1)
    PageAudience.objects.filter(page=page).delete()
    assert not may_see_page(UserFactory(), page)
    auditor = UserFactory()
    grant(auditor, "auditor")
    assert may_see_page(auditor, page)


def test_an_anonymous_reader_signs_in_and_comes_back(client: Client, index: StudioIndexPage, workshop: Unit) -> None:
    page = studio_page(index, workshop, 1, ["signed-in"])
    answer = client.get(page.url + "?hl=堵漏")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/studios/s1/")
    assert "hl%3D" in answer["Location"]


def test_a_reader_who_is_signed_in_but_not_meant_is_told_so(
    client: Client, index: StudioIndexPage, workshop: Unit
) -> None:
    page = studio_page(index, workshop, 1, [f"unit:{workshop.pk}"])
    client.force_login(UserFactory())
    answer = client.get(page.url)
    assert answer.status_code == 403
    assert "只对部分人开放" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_page_for_a_group_is_not_a_loop_of_sign_ins(client: Client, index: StudioIndexPage, workshop: Unit) -> None:
    page = studio_page(index, workshop, 1)
    group = Group.objects.create(name="评审")
    restrict(page, "groups", group)
    person = UserFactory()
    client.force_login(person)
    assert client.get(page.url).status_code == 403
    person.groups.add(group)
    assert client.get(page.url).status_code == 200


def test_an_auditor_passes_every_restriction(client: Client, index: StudioIndexPage, workshop: Unit) -> None:
    page = studio_page(index, workshop, 1, ["unit:999"])
    restrict(page, "groups", Group.objects.create(name="评审"))
    restrict(index, "password")
    auditor = UserFactory()
    grant(auditor, "auditor")
    client.force_login(auditor)
    assert client.get(page.url).status_code == 200


def test_wagtail_still_asks_for_a_shared_password(client: Client, index: StudioIndexPage, workshop: Unit) -> None:
    page = studio_page(index, workshop, 1)
    restrict(page, "password")
    client.force_login(UserFactory())
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "password" in answer.content.decode()


def test_a_file_is_served_by_its_collection_and_its_own_audience(client: Client, workshop: Unit) -> None:
    folder = Collection.get_first_root_node().add_child(name="资料")
    restriction = CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    file = get_document_model().objects.create(
        title="规程", collection=folder, own_audience=[f"unit:{workshop.pk}"], file=ContentFile(b"x", name="规程.txt")
    )
    worker, stranger, auditor = UserFactory(), UserFactory(), UserFactory()
    posting(worker, workshop)
    grant(auditor, "auditor")
    assert client.get(file.url)["Location"].startswith("/account/login/?next=/files/")
    codes = {}
    for name, person in (("worker", worker), ("stranger", stranger), ("auditor", auditor)):
        client.force_login(person)
        codes[name] = client.get(file.url).status_code
        assert may_see_document(person, file) == (codes[name] == 200)
    assert codes == {"worker": 200, "stranger": 403, "auditor": 200}
    restriction.restriction_type = "groups"
    restriction.save()
    client.force_login(worker)
    assert client.get(file.url).status_code == 403
    client.force_login(auditor)
    assert client.get(file.url).status_code == 200


def test_what_is_for_some_is_kept_by_no_cache(client: Client, index: StudioIndexPage, workshop: Unit) -> None:
    client.force_login(UserFactory())
    shown = {tokens: studio_page(index, workshop, n, list(tokens)) for n, tokens in enumerate([(), ("signed-in",)])}
    assert "no-store" not in client.get(shown[()].url).get("Cache-Control", "")
    assert "no-store" in client.get(shown[("signed-in",)].url)["Cache-Control"]
    for tokens in shown:
        file = get_document_model().objects.create(
            title="规程", own_audience=list(tokens), file=ContentFile("一".encode(), name="规程.txt")
        )
        assert "private" in client.get(file.url)["Cache-Control"]
