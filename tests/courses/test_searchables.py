"""Courses and lessons as they are found."""

from __future__ import annotations

import pytest

from courses.models import CoursePage
from people.models import PageAudience
from search import registry
from tests.factories.courses import make_course, make_quiz, make_reading, make_video, publish

pytestmark = pytest.mark.django_db


def test_a_course_is_found_by_its_aims_and_trades():
    course = make_course()
    piece = registry.get("course").build(str(course.page_key))
    assert piece.title == "木塞堵漏法入门"
    assert "能安全堵漏" in piece.text
    assert piece.studio == course.studio.pk


def test_lessons_of_every_type_have_one_kind_and_their_places():
    course = make_course()
    reading, video, quiz = make_reading(course), make_video(course, introduction="先看手势"), make_quiz(course)
    searchable = registry.get("lesson")
    keys = {str(page.page_key) for page in (reading, video, quiz)}
    assert keys <= set(searchable.keys())
    pieces = searchable.build_many(sorted(keys))
    assert set(pieces) == keys
    piece = pieces[str(reading.page_key)]
    assert piece.passages[1].locator == f"section:{reading.body[0].id}"
    assert "杉木要干燥" in piece.text
    assert piece.summary == course.title


def test_the_questions_of_a_quiz_are_not_found():
    quiz = make_quiz(make_course())
    assert "杉木" not in registry.get("lesson").build(str(quiz.page_key)).text


def test_lessons_go_with_their_course():
    course = make_course()
    reading = make_reading(course)
    CoursePage.objects.get(pk=course.pk).unpublish()
    assert registry.get("lesson").build(str(reading.page_key)) is None


def test_a_course_s_audience_is_that_of_its_lessons_at_once():
    course = make_course()
    reading = make_reading(course)
    course.refresh_from_db()
    course.own_audience = ["role:hr"]
    publish(course)
    rows = PageAudience.objects.filter(page__in=[course.pk, reading.pk]).values_list("audience", flat=True)
    assert len(set(rows)) == 1
    assert PageAudience.objects.get(page=reading.pk).audience.clauses == [["role:hr"]]
