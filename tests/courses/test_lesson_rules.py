"""Completion rules of the lesson types."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.intervals import clip, length, union
from courses.lessons.outline import Outline, OutlineLesson, outline_change, outline_from_json
from courses.lessons.rules import (
    attempts_left,
    quiz_rule,
    reading_rule,
    unknown_rule,
    video_rule,
    watched_percent,
)
from courses.lessons.state import LessonState, score

spans = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=12)


def codes(verdict):
    return [reason.code for reason in verdict.missing]


@given(spans)
def test_a_union_covers_the_same_numbers_once(pairs):
    covered = {n for start, end in pairs for n in range(start, end)}
    merged = union(pairs)
    assert {n for start, end in merged for n in range(start, end)} == covered
    assert length(merged) == len(covered)
    assert all(a[1] < b[0] for a, b in zip(merged, merged[1:], strict=False))


@given(spans, spans)
def test_a_union_does_not_depend_on_order(one, two):
    assert union(one, two) == union(two, one) == union(union(one), union(two))


@given(spans, st.integers(0, 200), st.integers(0, 200))
def test_a_clip_keeps_what_lies_within(pairs, low, high):
    covered = {n for start, end in pairs for n in range(start, end) if low <= n < high}
    assert {n for start, end in clip(pairs, low, high) for n in range(start, end)} == covered


def test_reading_needs_time_and_a_confirmation():
    params = {"min_seconds": 30}
    nothing = LessonState()
    assert codes(reading_rule(params, nothing)) == ["read_longer", "not_confirmed"]
    assert reading_rule(params, nothing).missing[0].figures == {"seconds": 30}
    hasty = LessonState(confirmed_at=5, studied=((0, 12_000),))
    assert codes(reading_rule(params, hasty)) == ["read_longer"]
    assert reading_rule(params, replace(hasty, studied=((0, 30_000),))).done
    assert reading_rule({}, LessonState(confirmed_at=1)).done


def test_a_video_counts_distinct_time_only():
    params = {"duration_ms": 100_000, "threshold_percent": 90}
    twice = LessonState(watched=union([(0, 50_000)], [(0, 50_000)]))
    verdict = video_rule(params, twice)
    assert verdict.missing[0].figures == {"seconds": 40, "percent": 50, "threshold": 90}
    assert video_rule(params, LessonState(watched=((0, 90_000),))).done
    assert not video_rule(params, LessonState(watched=((0, 89_999),))).done


def test_a_video_counts_nothing_beyond_its_end():
    params = {"duration_ms": 10_000, "threshold_percent": 50}
    assert not video_rule(params, LessonState(watched=((10_000, 99_000),))).done


def test_a_video_without_a_length_is_never_done():
    params = {"duration_ms": 0, "threshold_percent": 90}
    assert not video_rule(params, LessonState(watched=((0, 9),))).done
    assert watched_percent(params, LessonState()) == 0


@given(st.integers(1, 10_000), st.integers(1, 100), spans)
def test_a_video_is_done_exactly_at_its_threshold(duration, threshold, pairs):
    state = LessonState(watched=union(pairs))
    seen = length(clip(pairs, 0, duration))
    params = {"duration_ms": duration, "threshold_percent": threshold}
    assert video_rule(params, state).done == (seen * 100 >= threshold * duration)


def test_a_quiz_is_passed_at_its_mark_by_the_best_attempt():
    params = {"pass_score": 80, "max_attempts": 0}
    assert codes(quiz_rule(params, LessonState())) == ["quiz_score"]
    failed = LessonState(attempts=1, best=(60, 6, 10))
    assert quiz_rule(params, failed).missing[0].figures == {"need": 80, "best": 60}
    assert quiz_rule(params, LessonState(attempts=2, best=(80, 8, 10))).done


def test_a_quiz_says_when_no_attempt_is_left():
    params = {"pass_score": 80, "max_attempts": 2}
    used = LessonState(attempts=2, best=(10, 1, 10))
    assert codes(quiz_rule(params, used)) == ["quiz_score", "no_attempts_left"]
    assert codes(quiz_rule(params, replace(used, allowed=1))) == ["quiz_score"]
    assert attempts_left(params, replace(used, allowed=1)) == 1
    assert attempts_left({"max_attempts": 0}, used) is None


def test_a_mark_is_rounded_down_and_never_divides_by_nothing():
    assert score(799, 1000) == 79
    assert score(5, 0) == 0


def test_a_lesson_of_a_type_that_is_gone_cannot_be_finished():
    assert codes(unknown_rule({}, LessonState())) == ["unknown_type"]


def outline(*lessons):
    return Outline(1, "课程", tuple(lessons))


def lesson(key, number=1, **fields):
    return OutlineLesson(key, fields.pop("type", "reading"), fields.pop("title", key), number, **fields)


def test_a_course_that_marks_nothing_as_required_requires_everything():
    course = outline(lesson("a", required=False), lesson("b", 2, required=False))
    assert [x.key for x in course.required] == ["a", "b"]
    assert outline(lesson("a"), lesson("b", 2, required=False)).required == (lesson("a"),)


def test_an_outline_is_read_from_its_stored_form():
    stored = {"key": "a", "type": "quiz", "title": "测", "required": True, "minutes": 7, "rule": {"pass_score": 80}}
    read = outline_from_json(4, "课程", {"schema": 1, "lessons": [stored]})
    assert read.release == 4
    assert read.minutes == 7
    assert read.by_key["a"].number == 1
    with pytest.raises(ValueError, match="schema"):
        outline_from_json(4, "课程", {"schema": 99, "lessons": []})


def test_a_change_of_outline_names_what_is_new_gone_and_asked_otherwise():
    old = outline(lesson("a"), lesson("b", 2), lesson("c", 3, minutes=3))
    new = outline(lesson("c", 1, minutes=9), lesson("b", 2, rule={"min_seconds": 5}), lesson("d", 3))
    change = outline_change(old, new)
    assert [x.key for x in change.added] == ["d"]
    assert [x.key for x in change.removed] == ["a"]
    assert [x.key for x in change.changed] == ["b"]
    assert change
    assert not outline_change(old, old)
