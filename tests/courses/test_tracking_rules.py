"""The fold of events: order does not matter, percent never falls, what is missing is named."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.lessons.outline import Outline, OutlineLesson
from courses.lessons.rules import quiz_rule, reading_rule, video_rule
from courses.lessons.state import Fact, LessonState
from courses.tracking.clock import (
    MAX_OPEN_MS,
    SLACK_MS,
    Window,
    happened,
    seconds_allowed,
    watching_is_possible,
)
from courses.tracking.payloads import PayloadFault, client_payload
from courses.tracking.rules import CourseState, Progress, count, fold, missing, step

RULES = {"reading": reading_rule, "video": video_rule, "quiz": quiz_rule}
LESSONS = (
    OutlineLesson("read", "reading", "读", 1, rule={"min_seconds": 10}),
    OutlineLesson("film", "video", "看", 2, rule={"duration_ms": 20_000, "threshold_percent": 90}),
    OutlineLesson("test", "quiz", "考", 3, rule={"pass_score": 60, "max_attempts": 0}),
    OutlineLesson("extra", "reading", "选", 4, required=False),
)
OUTLINES = {
    1: Outline(1, "课", LESSONS),
    2: Outline(2, "课", (*LESSONS, OutlineLesson("new", "reading", "新", 5))),
    3: Outline(3, "课", LESSONS[:1]),
}


def fact(kind, lesson="", received=0, key=None, release=1, **payload):
    return Fact(key or f"{kind}-{lesson}-{received}", kind, release, received, lesson, received, payload=payload)


@st.composite
def facts(draw):
    found = []
    release = 1
    for number in range(draw(st.integers(0, 25))):
        at = draw(st.integers(1, 60)) * 1000
        kind = draw(st.sampled_from(["launched", "progressed", "experienced", "answered", "allowed", "moved"]))
        payload = {"opened_ms": max(0, at - draw(st.integers(0, 20_000)))}
        lesson = draw(st.sampled_from(["read", "film", "test", "extra", "gone"]))
        if kind == "progressed":
            start = draw(st.integers(0, 20_000))
            payload |= {"seconds": draw(st.integers(0, 15)), "position_ms": start, "watched": [[start, start + 9000]]}
        if kind == "answered":
            payload |= {"points": draw(st.integers(0, 10)), "total": 10}
        if kind == "moved":
            lesson = ""
            release = draw(st.sampled_from([1, 2, 3]))
        found.append(Fact(f"k{number}", kind, release, at, lesson, at - draw(st.integers(0, 500)), number, payload))
    return found


@settings(max_examples=200, deadline=None)
@given(facts(), st.randoms())
def test_progress_does_not_depend_on_the_order_or_the_repeats_of_events(events, source):
    shuffled = events + source.sample(events, len(events) // 2)
    source.shuffle(shuffled)
    assert fold(shuffled, OUTLINES, RULES) == fold(events, OUTLINES, RULES)


@settings(max_examples=200, deadline=None)
@given(facts())
def test_taking_events_in_one_by_one_gives_what_the_fold_gives(events):
    """With the states written down and read again in between, as the database does."""
    progress = Progress()
    for event in sorted(events, key=lambda f: (f.received, f.sequence)):
        progress = Progress(
            CourseState.from_json(progress.course.to_json()),
            {key: LessonState.from_json(state.to_json()) for key, state in progress.lessons.items()},
        )
        step(progress, event, OUTLINES[event.release], RULES)
    assert progress == fold(events, OUTLINES, RULES)


@settings(max_examples=200, deadline=None)
@given(facts())
def test_percent_never_falls_on_one_release_and_never_passes_100(events):
    course = [event for event in events if event.release == 1]
    course.sort(key=lambda f: (f.received, f.sequence))
    seen = [count(fold(course[:n], OUTLINES, RULES).course, OUTLINES[1]).percent for n in range(len(course) + 1)]
    assert seen == sorted(seen)
    assert all(0 <= percent <= 100 for percent in seen)


@settings(max_examples=200, deadline=None)
@given(facts())
def test_what_is_done_stays_done_whatever_comes_later(events):
    events.sort(key=lambda f: (f.received, f.sequence))
    half = fold(events[: len(events) // 2], OUTLINES, RULES).course
    whole = fold(events, OUTLINES, RULES).course
    assert half.done.items() <= whole.done.items()
    if half.completed_at is not None:
        assert (whole.completed_at, whole.completed_release) == (half.completed_at, half.completed_release)


def everything_done():
    return [
        fact("registered"),
        fact("progressed", "read", 12_000, seconds=12),
        fact("experienced", "read", 13_000),
        fact("progressed", "film", 40_000, seconds=20, watched=[[0, 20_000]], position_ms=20_000),
        fact("answered", "test", 50_000, points=3, total=10),
        fact("answered", "test", 60_000, points=7, total=10),
    ]


def test_a_course_is_done_when_the_last_required_lesson_is():
    progress = fold(everything_done(), OUTLINES, RULES)
    assert progress.course.completed_at == 60_000
    assert progress.course.completed_release == 1
    assert count(progress.course, OUTLINES[1]).percent == 100
    assert progress.lessons["test"].best_score == 70
    assert progress.lessons["test"].attempts == 2
    assert missing(progress.course, progress.lessons, OUTLINES[1], RULES) == ()


def test_what_is_missing_is_named_lesson_by_lesson():
    events = [e for e in everything_done() if not (e.lesson == "test" and e.received == 60_000)]
    events = [e for e in events if e.lesson != "read"]
    progress = fold(events, OUTLINES, RULES)
    found = missing(progress.course, progress.lessons, OUTLINES[1], RULES)
    assert [(m.lesson.key, [r.code for r in m.reasons]) for m in found] == [
        ("read", ["not_started"]),
        ("test", ["quiz_score"]),
    ]
    assert count(progress.course, OUTLINES[1]).percent == 33


def test_a_finished_course_stays_at_100_on_a_newer_release():
    progress = fold([*everything_done(), fact("moved", received=70_000, release=2)], OUTLINES, RULES)
    assert count(progress.course, OUTLINES[2]).percent == 100


def test_moving_to_a_release_that_asks_less_finishes_what_was_done():
    events = [*everything_done()[:3], fact("moved", received=70_000, release=3)]
    progress = fold(events, OUTLINES, RULES)
    assert progress.course.completed_at == 70_000
    assert progress.course.completed_release == 3


def test_an_empty_outline_is_never_finished():
    progress = fold([fact("registered", release=9)], {9: Outline(9, "空", ())}, RULES)
    assert progress.course.completed_at is None
    assert count(progress.course, Outline(9, "空", ())).percent == 0


def test_an_unknown_kind_of_event_is_an_error_not_silence():
    with pytest.raises(ValueError, match="unknown kind"):
        step(Progress(), fact("forged"), OUTLINES[1], RULES)


def test_two_tabs_at_once_study_once():
    events = [fact("progressed", "read", 10_000, seconds=10), fact("progressed", "film", 12_000, seconds=10)]
    course = fold(events, OUTLINES, RULES).course
    assert course.study_seconds == 12
    assert course.last_lesson == (12_000, "film")


def test_the_place_to_resume_is_the_latest_whatever_arrives_last():
    events = [
        fact("progressed", "film", 30_000, key="late", position_ms=9_000),
        Fact("offline", "progressed", 1, 40_000, "film", 20_000, payload={"position_ms": 3_000}),
    ]
    random.shuffle(events)
    assert fold(events, OUTLINES, RULES).lessons["film"].position_ms == 9_000
    assert LessonState().position_ms == 0


def test_the_device_s_time_counts_only_where_it_can_be_true():
    window = Window(1_000, 9_000)
    assert happened(None, window) == 9_000
    assert happened(5_000, window) == 5_000
    assert happened(1, window) == 1_000
    assert happened(99_000, window) == 9_000


def test_seconds_are_no_more_than_passed_since_the_lesson_was_opened():
    assert seconds_allowed(60, 9_000, Window(1_000, 9_000)) == 8
    assert seconds_allowed(3, 9_000, Window(1_000, 9_000)) == 3


def test_an_opening_is_stale_after_a_month_or_from_the_future():
    assert Window(0, MAX_OPEN_MS + 1).is_stale
    assert Window(5, 4).is_stale
    assert not Window(4, 5).is_stale


@given(st.integers(0, 10**7), st.lists(st.integers(1, 10**6), max_size=20))
def test_no_sequence_of_reports_gets_ahead_of_the_clock(elapsed, lengths):
    state = LessonState(launched_at=0)
    accepted = 0
    for piece in lengths:
        if watching_is_possible([(0, piece)], state, Window(0, elapsed)):
            accepted += piece
            state = LessonState(launched_at=0, claimed_ms=accepted)
    assert accepted <= elapsed * 2 + SLACK_MS


def test_a_new_opening_starts_its_own_clock():
    state = LessonState(launched_at=0)
    assert not watching_is_possible([(0, 60_000)], state, Window(10**8, 10**8 + 1_000))
    assert watching_is_possible([(0, 1_500)], LessonState(), Window(0, 1_000))


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("answered", {}),
        ("launched", {"seconds": 1, "points": 100}),
        ("launched", {"watched": []}),
        ("progressed", []),
        ("progressed", {"seconds": -1}),
        ("progressed", {"seconds": 301}),
        ("progressed", {"seconds": True}),
        ("progressed", {"seconds": "9"}),
        ("progressed", {"watched": {}}),
        ("progressed", {"watched": [[0, 1]] * 51}),
        ("progressed", {"watched": [[5, 1]]}),
        ("progressed", {"watched": [[0, 1, 2]]}),
        ("progressed", {"watched": [[0.5, 1]]}),
        ("progressed", {"position_ms": 10**12}),
    ],
)
def test_a_payload_that_its_kind_does_not_allow_is_refused(kind, raw):
    with pytest.raises(PayloadFault):
        client_payload(kind, raw)


def test_a_good_payload_is_kept_as_spans_without_overlap():
    raw = {"seconds": 15, "watched": [[0, 900], [500, 1500]], "position_ms": 1500}
    assert client_payload("progressed", raw) == {"seconds": 15, "watched": [[0, 1500]], "position_ms": 1500}
    assert client_payload("experienced", {}) == {}
