"""Every way in which what a reader may find of a page changes raises its wanted version."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from people.models import PageAudience
from search.models import SearchObject
from studios.models import StudioPage
from tests.factories.kb import make_method
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db


def wanted(page) -> int:
    row = SearchObject.objects.filter(kind=page.search_kind, key=page.page_key).first()
    return row.wanted_version if row else 0


class Raised:
    """`with Raised(page):` asserts that the page's wanted version went up."""

    def __init__(self, *pages) -> None:
        self.pages = pages

    def __enter__(self):
        self.before = [wanted(page) for page in self.pages]

    def __exit__(self, failed, *_rest):
        if failed is None:
            after = [wanted(page) for page in self.pages]
            assert all(new > old for old, new in zip(self.before, after, strict=True)), (self.before, after)


@pytest.fixture
def method():
    return make_method(title="木塞堵漏法", published=True)


@pytest.fixture
def studio_page(method):
    return StudioPage.objects.get(pk=method.get_parent().pk)


def test_publishing_raises_it(method):
    assert wanted(method) > 0
    assert SearchObject.objects.get(key=method.page_key).due_at is not None


def test_a_draft_does_not_raise_it(method):
    before = wanted(method)
    method.title = "改了一半的标题"
    method.save_revision()
    assert wanted(method) == before


def test_unpublishing_raises_it(method):
    with Raised(method):
        method.unpublish()


def test_unpublishing_through_the_plain_page_raises_it(method):
    with Raised(method):
        Page.objects.get(pk=method.pk).unpublish()


def test_deleting_raises_it(method):
    with Raised(method):
        method.delete()


def test_deleting_a_page_above_raises_it(method, studio_page):
    with Raised(method, studio_page):
        studio_page.get_parent().delete()


def test_moving_raises_it_and_writes_the_new_audience(method):
    other = make_studio().page
    PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    with Raised(method):
        method.move(other, "last-child")
    assert PageAudience.objects.get(page=method).audience.clauses == [["signed-in"]]


def test_a_new_slug_above_raises_everything_below(method, studio_page):
    with Raised(method, studio_page):
        studio_page.slug = "xin-de-di-zhi"
        studio_page.save()


def test_saving_the_page_above_leaves_what_is_below(method, studio_page):
    before = wanted(method)
    studio_page.save_revision().publish()
    assert wanted(method) == before


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_restriction_raises_everything_below(method, studio_page, kind):
    with Raised(method, studio_page):
        restriction = PageViewRestriction.objects.create(page=studio_page, restriction_type=kind, password="x")
    with Raised(method, studio_page):
        restriction.delete()


def test_groups_of_a_restriction_raise_it(method, studio_page):
    restriction = PageViewRestriction.objects.create(page=studio_page, restriction_type=PageViewRestriction.GROUPS)
    group = Group.objects.create(name="班组长")
    with Raised(method, studio_page):
        restriction.groups.add(group)
    assert PageAudience.objects.get(page=method).audience.clauses == [[f"group:{group.pk}"]]
    with Raised(method):
        group.delete()
    assert PageAudience.objects.get(page=method).audience.clauses == [[]]


def test_a_restriction_reaches_an_alias_elsewhere(method, studio_page):
    alias = method.create_alias(parent=make_studio().page)
    assert alias.page_key != method.page_key
    with Raised(alias):
        PageViewRestriction.objects.create(page=method, restriction_type=PageViewRestriction.LOGIN)
    assert PageAudience.objects.get(page_id=alias.pk).audience.clauses == [["signed-in"]]


def test_an_alias_follows_its_source(method):
    alias = method.create_alias(parent=make_studio().page)
    key = alias.page_key
    with Raised(alias):
        method.title = "木塞堵漏先进操作法"
        method.save_revision().publish()
    alias.refresh_from_db()
    assert (alias.title, alias.page_key) == ("木塞堵漏先进操作法", key)


def test_a_copy_has_a_key_of_its_own(method):
    copy = method.copy(update_attrs={"slug": "copy", "title": "抄来的"}, keep_live=True)
    assert copy.page_key != method.page_key
    assert wanted(copy) > 0


def test_publishing_on_a_date_raises_it_on_that_date():
    page = make_method(title="定时发布", published=False)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    page.latest_revision.approved_go_live_at = timezone.now() - dt.timedelta(hours=1)
    page.latest_revision.save()
    content = page.latest_revision.content
    content["go_live_at"] = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    page.latest_revision.save()
    with Raised(page):
        call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live


def test_expiring_raises_it(method):
    method.expire_at = timezone.now() - dt.timedelta(minutes=1)
    method.save()
    with Raised(method):
        call_command("publish_scheduled")
    method.refresh_from_db()
    assert not method.live


def test_a_rolled_back_change_leaves_no_trace(method):
    before = wanted(method)
    with pytest.raises(RuntimeError), transaction.atomic():
        method.unpublish()
        raise RuntimeError
    assert wanted(method) == before


def test_the_studios_record_is_part_of_its_page(studio_page):
    with Raised(studio_page):
        studio_page.studio.aim = "攻克堵漏难题"
        studio_page.studio.save()
