"""Releases: made with every new live state, numbered, kept for good."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from kb.models import OperatingMethodPage, Release
from kb.publishing.content import fingerprint
from kb.publishing.services import Approval, releasing
from kb.selectors import latest_numbers, latest_release, release_get
from tests.factories.kb import make_method, step_block
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def fresh(page):
    return OperatingMethodPage.objects.get(pk=page.pk)


def test_the_first_publish_is_release_one_with_the_words_of_every_step():
    author = UserFactory()
    page = make_method(steps=[step_block(1, action="量出孔的直径。")], author=author)
    release = latest_release(page.page_key)
    assert (release.number, release.significance, release.released_by) == (1, "major", author)
    assert "量出孔的直径。" in release.text
    assert release.studio == page.studio


def test_a_draft_makes_no_release():
    page = make_method(published=False)
    page.save_revision()
    assert latest_release(page.page_key) is None


def test_a_draft_over_a_live_page_makes_no_release_until_it_is_published():
    page = make_method()
    draft = fresh(page)
    draft.effect = "改过的效果，少停 9 分钟。"
    revision = draft.save_revision()
    assert latest_release(page.page_key).number == 1
    revision.publish()
    release = latest_release(page.page_key)
    assert release.number == 2
    assert "少停 9 分钟" in release.text


def test_publishing_the_same_content_again_makes_no_release():
    page = make_method()
    fresh(page).save_revision().publish()
    page = fresh(page)
    page.unpublish()
    fresh(page).save_revision().publish()
    page = fresh(page)
    page.slug = "another-address"
    page.save()
    assert Release.objects.filter(page_key=page.page_key).count() == 1


def test_going_back_to_an_old_revision_is_a_new_release():
    page = make_method()
    first = page.latest_revision
    changed = fresh(page)
    changed.title = "改名"
    changed.save_revision().publish()
    first.publish()
    assert [row.number for row in Release.objects.filter(page_key=page.page_key)] == [3, 2, 1]
    assert latest_release(page.page_key).sha256 == release_get(page.page_key, 1).sha256


def test_a_scheduled_publish_is_a_release_when_its_hour_comes():
    page = make_method(published=False)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    assert latest_release(page.page_key) is None
    fresh(page).revisions.update(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    OperatingMethodPage.objects.filter(pk=page.pk).update(go_live_at=timezone.now() - dt.timedelta(minutes=1))
    revision = fresh(page).latest_revision
    revision.content["go_live_at"] = None
    revision.save()
    call_command("publish_scheduled")
    assert fresh(page).live
    assert latest_release(page.page_key).number == 1


def test_the_approval_says_who_when_and_why():
    actor = UserFactory()
    page = make_method(published=False)
    with releasing(Approval(actor=actor, note="降低压力上限", significance="major", is_own_text=True)):
        page.latest_revision.publish()
    release = latest_release(page.page_key)
    assert (release.released_by, release.change_note, release.is_own_text) == (actor, "降低压力上限", True)


def test_an_old_note_is_not_told_twice():
    page = make_method(published=False)
    page.change_note = "补了力矩"
    page.save_revision().publish()
    page = fresh(page)
    page.title = "新名"
    page.save_revision().publish()
    assert [row.change_note for row in Release.objects.filter(page_key=page.page_key)] == ["", "补了力矩"]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_release(change):
    page = make_method()
    rows = Release.objects.filter(page_key=page.page_key)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(title="x") if change == "update" else rows._raw_delete(rows.db)


def test_a_release_outlives_its_page():
    page = make_method()
    key = page.page_key
    page.delete()
    assert release_get(key, 1).title == page.title


def test_newest_numbers_of_many_pages_come_in_one_query(django_assert_num_queries):
    pages = [make_method(), make_method()]
    with django_assert_num_queries(1):
        assert latest_numbers(page.page_key for page in pages) == {page.page_key: 1 for page in pages}


def test_the_fingerprint_does_not_hang_on_the_order_of_keys():
    one = {"steps": [{"id": "a", "type": "step", "value": {"x": 1, "y": 2}}], "title": "t"}
    other = {"title": "t", "steps": [{"value": {"y": 2, "x": 1}, "type": "step", "id": "a"}]}
    assert fingerprint(one) == fingerprint(other)
    page = make_method()
    assert isinstance(latest_release(page.page_key).content["steps"], list)
