"""Loading the demo: once, whole, the same every time."""

import datetime as dt
import io
from urllib.parse import urlparse

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from courses.models import CoursePage, CourseRelease, Enrolment, LearningEvent
from kb.models import File, KnowledgePage, OperatingMethodPage, Release
from kb.selectors import latest_release
from people.audience.selectors import visible_pages
from people.models import AuditEntry, Posting, RoleGrant, User
from portal.demo.loader.organisation import PASSWORD
from portal.demo.loader.run import demo_load
from studios.models import Picture, Studio

COUNTED = (
    User, Posting, RoleGrant, Studio, Page, Picture, File, Release, CourseRelease, Enrolment, LearningEvent, AuditEntry,
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for this module and taken back at its end."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        demo_load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """The loaded demo; what a test writes is taken back."""


def figures():
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_loading_twice_gives_the_same_counts(demo):
    before, out = figures(), io.StringIO()
    call_command("demo_load", stdout=out)
    assert figures() == before
    assert "已经在站内" in out.getvalue()


def test_a_person_of_the_demo_signs_in(demo, client):
    assert client.login(username="T0001", password=PASSWORD)


def test_methods_keep_their_history_with_what_each_release_changed(demo):
    page = OperatingMethodPage.objects.get(slug="wooden-plug-leak-stop")
    releases = list(Release.objects.filter(page_key=page.page_key).order_by("number"))
    assert [release.number for release in releases] == [1, 2, 3]
    assert "0～0.3 MPa" in releases[0].text
    assert "0～0.2 MPa" in releases[2].text
    assert releases[0].released_at < releases[1].released_at < releases[2].released_at <= timezone.now()


def test_a_link_to_a_step_is_the_same_after_every_load(demo):
    page = OperatingMethodPage.objects.get(slug="wooden-plug-leak-stop")
    assert str(page.page_key) == "dbeca412-8001-569d-a857-bf354c5d43b5"
    old = Release.objects.get(page_key=page.page_key, number=1)
    assert page.steps[3].id in str(old.content["steps"])


def test_what_is_for_one_studio_is_hidden_from_the_others(demo):
    inside, outside = User.objects.get(username="T0002"), User.objects.get(username="T0004")
    pages = Page.objects.filter(slug="case-internal-plug-stock")
    assert visible_pages(pages, inside).exists()
    assert not visible_pages(pages, outside).exists()


def test_the_queue_of_review_is_not_empty(demo):
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    assert {state.content_object.slug for state in waiting} == {
        "draft-pump-seal", "draft-heat-shrink-tail", "clay-leak-stop",
    }  # fmt: skip
    assert (
        WorkflowState.objects.get(status=WorkflowState.STATUS_NEEDS_CHANGES).content_object.slug
        == "draft-night-loading"
    )
    live = OperatingMethodPage.objects.get(slug="clay-leak-stop")
    assert latest_release(live.page_key).number == 1


def test_courses_go_live_in_one_release_and_learners_stand_where_they_should(demo):
    assert CourseRelease.objects.count() == 3
    percents = {
        (row.person.username, row.course.slug): row.progress.percent
        for row in Enrolment.objects.select_related("person", "course", "progress")
    }
    assert percents[("T0002", "course-leak-stopping")] == 100
    assert 0 < percents[("T0003", "course-leak-stopping")] < 100
    assert percents[("T0005", "course-forklift-basics")] < 100
    assert not Enrolment.objects.filter(person__username="T0001").exists()


def test_projections_follow_from_the_events(demo):
    out = io.StringIO()
    call_command("learning_recompute", stdout=out)
    assert Enrolment.objects.get(person__username="T0002").progress.percent == 100


def test_every_page_of_the_demo_opens_for_its_administrator(demo, client):
    client.force_login(User.objects.get(username="A0001"))
    for model in [*KnowledgePage.__subclasses__(), CoursePage]:
        for page in model.objects.live():
            assert client.get(urlparse(page.url).path).status_code == 200, page.slug


def test_nothing_of_the_demo_lies_in_the_future(demo):
    tomorrow = timezone.now() + dt.timedelta(minutes=5)
    assert not Release.objects.filter(released_at__gt=tomorrow).exists()
    assert not LearningEvent.objects.filter(received_at__gt=tomorrow).exists()
