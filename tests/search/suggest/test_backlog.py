"""What is sent in a backlog is found at once and suggested when nothing is left to send."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from search.models import SearchObject, SuggestionBacklog, SuggestionEntry
from search.services.objects import objects_changed
from search.suggest import backlog
from search.suggest.services import suggestions
from search.sync.audit import audit
from search.sync.drain import drain_all, drain_once
from tests.factories.kb import make_case
from tests.factories.people import UserFactory
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
TITLES = ("高空堵漏", "轴承检修", "锅炉点火")


@pytest.fixture
def studio(engine):
    studio = make_studio(name="钱师傅工作室")
    drain_all(engine)
    return studio


@pytest.fixture
def cases(studio):
    return [make_case(title=title, studio=studio) for title in TITLES]


def offered(text: str, user=NOBODY) -> list[str]:
    return [row.label for row in suggestions(user=user, text=text)]


def found(engine) -> set[str]:
    return {item.key for item in engine.stored(engine.alias_index())}


def send_first(engine, count: int) -> None:
    """A round of a backlog: more waits than it takes."""
    assert drain_once(limit=count, engine=engine).more


def test_the_first_of_a_backlog_are_found_before_they_are_suggested(engine, cases):
    send_first(engine, 2)
    assert {str(case.page_key) for case in cases[:2]} <= found(engine)
    assert offered("高空") == [] and backlog.backlog_objects()
    drain_all(engine)
    assert [offered(text) for text in ("高空", "zhoucheng", "gldh")] == [[title] for title in TITLES]
    assert not SuggestionBacklog.objects.exists()


def test_what_is_published_alone_is_suggested_with_it(engine, studio):
    make_case(title="高空堵漏", studio=studio)
    drain_once(engine=engine)
    assert offered("高空") == ["高空堵漏"]


def test_an_audit_takes_what_waits_for_no_difference(engine, cases):
    send_first(engine, 2)
    assert audit(engine).clean
    drain_all(engine)
    assert audit(engine).clean


def test_what_changed_meanwhile_is_suggested_as_it_is_now(engine, cases):
    send_first(engine, 2)
    first, second, _third = cases
    first.title = "带压堵漏"
    first.save_revision().publish()
    second.unpublish()
    drain_all(engine)
    assert offered("带压") == ["带压堵漏"]
    assert offered("高空") == offered("轴承") == []
    assert not SuggestionEntry.objects.filter(label__in=TITLES[:2]).exists()


def test_what_changed_is_never_written_as_it_was(engine, cases):
    send_first(engine, 2)
    objects_changed(cases[0].search_kind, [str(cases[0].page_key)])
    assert backlog.backlog_write() == 2
    assert offered("高空") == [] and offered("轴承") == ["轴承检修"]


def test_an_object_that_went_is_left_out(engine, cases):
    send_first(engine, 2)
    SearchObject.objects.filter(key=cases[0].page_key).delete()
    assert backlog.backlog_write() == 2
    assert offered("高空") == [] and offered("轴承") == ["轴承检修"]


def test_what_was_suggested_before_does_not_wait(engine, cases, studio):
    """Else whatever was restricted in a large import would be offered to everybody until the import's end."""
    drain_all(engine)
    cases[0].own_audience = [f"studio:{studio.pk}"]
    cases[0].save_revision().publish()
    for case in cases[1:]:
        case.save_revision().publish()
    send_first(engine, 1)
    assert offered("高空") == [] == offered("高空", UserFactory())
    assert not SuggestionBacklog.objects.exists()


def test_writing_goes_part_by_part(engine, cases, monkeypatch):
    for case in cases:
        if case is not cases[-1]:
            send_first(engine, 1)
    assert SuggestionBacklog.objects.count() == 2
    assert backlog.backlog_write(parts=1) == 1
    assert SuggestionBacklog.objects.count() == 1
    assert backlog.backlog_write() == 1
    assert backlog.backlog_write() == 0
