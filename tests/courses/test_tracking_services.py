"""Events as they are written: idempotent, judged by the clock, with projections that follow from them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enrolment.services import enrol, release_move, withdraw
from courses.errors import (
    AlreadyCompleted,
    CourseEmpty,
    CourseNotFound,
    EventRefused,
    KeyReused,
    NoAttemptsLeft,
    NotEnrolled,
    NothingNewer,
    NotLongEnough,
    OpeningStale,
    WatchedTooFast,
)
from courses.models import CourseProgress, Enrolment, LearningEvent, LessonProgress, QuestionVersion
from courses.tracking.attempts import attempt_allow, attempt_submit, video_confirm
from courses.tracking.models import milliseconds
from courses.tracking.openings import Opening, opening_make, opening_read
from courses.tracking.recompute import recompute
from courses.tracking.services import client_event, event_record, events_record
from tests.factories.courses import (
    make_course,
    make_enrolment,
    make_question,
    make_quiz,
    make_reading,
    make_video,
    publish,
    release_of,
)
from tests.factories.studios import make_person

pytestmark = pytest.mark.django_db


def opened(enrolment, lesson, seconds_ago=600):
    return opening_make(enrolment.pk, lesson.page_key, timezone.now() - dt.timedelta(seconds=seconds_ago))


def event(enrolment, lesson, kind="launched", *, ago=600, key=None, device_at=None, **payload):
    return client_event(
        {
            "key": str(key or uuid.uuid4()),
            "kind": kind,
            "opening": opened(enrolment, lesson, ago),
            "payload": payload,
            "device_at": device_at.isoformat() if device_at else None,
            "device_id": "phone",
        }
    )


def do(enrolment, lesson, kind="launched", **fields):
    return event_record(actor=enrolment.person, event=event(enrolment, lesson, kind, **fields))


def answers_of(lesson, right=True):
    content = release_of(lesson.course).content[str(lesson.page_key)]
    found = {}
    for version in QuestionVersion.objects.filter(pk__in=content["versions"]):
        wrong = [o["key"] for o in version.options if o["key"] not in version.right]
        found[version.pk] = version.right if right else wrong[:1]
    return found


def attempt(enrolment, quiz, right=True, key=None):
    return attempt_submit(
        actor=enrolment.person,
        enrolment=enrolment,
        lesson_key=str(quiz.page_key),
        key=key or uuid.uuid4(),
        opening=opening_read(opened(enrolment, quiz, 60)),
        answers=answers_of(quiz, right),
    )


def progress(enrolment):
    return CourseProgress.objects.get(enrolment=enrolment)


def assert_recomputable():
    report = recompute(write=False)
    assert report.differing == []
    LessonProgress.objects.all().delete()
    CourseProgress.objects.all().delete()
    recompute(write=True)
    assert recompute(write=False).differing == []


def test_a_whole_course_is_learnt_and_its_rows_follow_from_its_events():
    course = make_course()
    reading, video, quiz = make_reading(course, min_seconds=20), make_video(course, seconds=60), make_quiz(course)
    enrolment = make_enrolment(course)
    assert progress(enrolment).percent == 0
    do(enrolment, reading)
    do(enrolment, reading, "progressed", seconds=25)
    assert do(enrolment, reading, "experienced").lesson_done
    assert progress(enrolment).percent == 33
    do(enrolment, video, "progressed", seconds=30, watched=[[0, 30_000]], position_ms=30_000)
    saved = do(enrolment, video, "progressed", seconds=30, watched=[[30_000, 60_000]], position_ms=60_000)
    assert (saved.lesson_done, saved.percent, saved.completed) == (True, 66, False)
    failed = attempt(enrolment, quiz, right=False)
    assert (failed.payload["score"], failed.payload["passed"], failed.payload["attempt"]) == (0, False, 1)
    passed = attempt(enrolment, quiz)
    assert (passed.payload["score"], passed.payload["passed"], passed.payload["attempt"]) == (100, True, 2)
    row = progress(enrolment)
    assert (row.percent, row.required, row.done) == (100, 3, 3)
    assert row.completed_at == passed.received_at
    assert row.last_event_id == passed.pk
    assert row.events == LearningEvent.objects.filter(enrolment=enrolment).count()
    assert_recomputable()


def test_the_same_key_again_gives_the_same_answer_and_no_second_event():
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course)
    same = event(enrolment, reading, "experienced")
    first = event_record(actor=enrolment.person, event=same)
    assert event_record(actor=enrolment.person, event=same) == first
    assert events_record(actor=enrolment.person, events=[same, same]) == [first, first]
    assert LearningEvent.objects.filter(key=same.key).count() == 1
    assert progress(enrolment).events == 2


def test_a_key_that_was_used_for_something_else_is_refused():
    course = make_course()
    reading, quiz = make_reading(course), make_quiz(course)
    enrolment = make_enrolment(course)
    key = uuid.uuid4()
    do(enrolment, reading, key=key)
    with pytest.raises(KeyReused):
        do(enrolment, reading, "experienced", key=key)
    with pytest.raises(KeyReused):
        attempt(enrolment, quiz, key=key)


def test_two_people_may_use_the_same_key():
    course = make_course()
    reading = make_reading(course)
    key = uuid.uuid4()
    for enrolment in (make_enrolment(course), make_enrolment(course)):
        do(enrolment, reading, key=key)
    assert LearningEvent.objects.filter(key=key).count() == 2


def test_somebody_else_s_enrolment_cannot_be_written_to():
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course)
    with pytest.raises(OpeningStale):
        event_record(actor=make_person(), event=event(enrolment, reading, "experienced"))
    with pytest.raises(OpeningStale):
        attempt_submit(
            actor=make_person(),
            enrolment=enrolment,
            lesson_key=str(reading.page_key),
            key=uuid.uuid4(),
            opening=opening_read(opened(enrolment, reading)),
            answers={},
        )
    assert progress(enrolment).percent == 0


@pytest.mark.parametrize("mark", [None, 7, "forged", "x" * 500])
def test_an_opening_that_we_did_not_sign_is_refused(mark):
    with pytest.raises(OpeningStale):
        client_event({"key": str(uuid.uuid4()), "kind": "launched", "opening": mark})


@pytest.mark.parametrize(
    "raw",
    [
        "text",
        {"key": "no uuid", "kind": "launched"},
        {"key": str(uuid.uuid4()), "kind": "answered"},
        {"key": str(uuid.uuid4()), "kind": "launched", "device_at": "2026-01-01T00:00:00"},
        {"key": str(uuid.uuid4()), "kind": "launched", "device_at": "2026-99-01T00:00:00Z"},
        {"key": str(uuid.uuid4()), "kind": "launched", "device_id": "长" * 9},
        {"key": str(uuid.uuid4()), "kind": "launched", "device_id": "x" * 65},
    ],
)
def test_an_event_that_is_not_well_formed_is_refused(raw):
    with pytest.raises(EventRefused):
        client_event(raw)


def test_a_video_cannot_be_watched_faster_than_the_clock():
    course = make_course()
    video = make_video(course, seconds=600)
    enrolment = make_enrolment(course)
    with pytest.raises(WatchedTooFast):
        do(enrolment, video, "progressed", ago=10, watched=[[0, 600_000]])
    for _turn in range(3):
        do(enrolment, video, "progressed", ago=10, watched=[[0, 8_000]])
    with pytest.raises(WatchedTooFast):
        do(enrolment, video, "progressed", ago=10, watched=[[8_000, 16_000]])
    assert progress(enrolment).percent == 0


def test_an_opening_of_a_month_ago_is_too_old():
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course)
    with pytest.raises(OpeningStale):
        do(enrolment, reading, ago=31 * 86400)


def test_seconds_are_capped_by_the_clock_and_offline_events_keep_their_time():
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course)
    do(enrolment, reading, "progressed", ago=10, seconds=300)
    then = timezone.now() - dt.timedelta(seconds=300)
    do(enrolment, reading, "progressed", ago=400, seconds=50, device_at=then)
    row = LessonProgress.objects.get(enrolment=enrolment)
    assert row.study_seconds in (59, 60)
    assert row.state["studied"][0][1] == milliseconds(then)


def test_a_lesson_takes_only_what_its_type_knows():
    course = make_course()
    reading, quiz = make_reading(course), make_quiz(course)
    enrolment = make_enrolment(course)
    with pytest.raises(EventRefused):
        do(enrolment, quiz, "experienced")
    with pytest.raises(EventRefused):
        do(enrolment, reading, "progressed", watched=[[0, 1000]])


def test_a_video_seen_without_the_script_counts_when_it_can_have_been_seen():
    course = make_course()
    video = make_video(course, seconds=60)
    enrolment = make_enrolment(course)

    def confirm(ago):
        return video_confirm(
            actor=enrolment.person,
            enrolment=enrolment,
            lesson_key=str(video.page_key),
            key=uuid.uuid4(),
            opening=opening_read(opened(enrolment, video, ago)),
        )

    with pytest.raises(NotLongEnough) as refusal:
        confirm(20)
    assert refusal.value.data["seconds"] == 34
    assert confirm(61).completed
    assert_recomputable()


def test_attempts_are_limited_and_one_more_can_be_given():
    course = make_course()
    quiz = make_quiz(course, max_attempts=1)
    enrolment = make_enrolment(course)
    attempt(enrolment, quiz, right=False)
    with pytest.raises(NoAttemptsLeft):
        attempt(enrolment, quiz)
    attempt_allow(actor=make_person(), enrolment=enrolment, lesson_key=str(quiz.page_key))
    attempt(enrolment, quiz)
    assert progress(enrolment).completed_at is not None
    assert_recomputable()


def test_an_attempt_sent_twice_is_one_attempt():
    course = make_course()
    quiz = make_quiz(course)
    enrolment = make_enrolment(course)
    key = uuid.uuid4()
    assert attempt(enrolment, quiz, key=key).pk == attempt(enrolment, quiz, right=False, key=key).pk
    assert LessonProgress.objects.get(enrolment=enrolment).attempts == 1


def test_marks_stay_when_the_question_is_changed_afterwards():
    course = make_course()
    question = make_question(course.studio)
    quiz = make_quiz(course, [question])
    enrolment = make_enrolment(course)
    passed = attempt(enrolment, quiz)
    question.text = "换了题目"
    question.save()
    newer = release_of(course)
    assert newer.number == enrolment.release.number + 1
    assert newer.content[str(quiz.page_key)]["versions"] != [mark["version"] for mark in passed.payload["marks"]]
    assert_recomputable()
    assert progress(enrolment).completed_at == passed.received_at


def test_enrolling_twice_gives_the_one_enrolment():
    course = make_course()
    make_reading(course)
    person = make_person()
    assert make_enrolment(course, person) == make_enrolment(course, person)
    assert Enrolment.objects.filter(person=person).count() == 1


def test_who_leaves_and_comes_back_finds_his_progress():
    course = make_course()
    reading, _quiz = make_reading(course), make_quiz(course)
    enrolment = make_enrolment(course)
    do(enrolment, reading, "experienced")
    withdraw(actor=enrolment.person, course_key=course.page_key)
    with pytest.raises(NotEnrolled):
        do(enrolment, reading)
    with pytest.raises(NotEnrolled):
        attempt(enrolment, _quiz)
    with pytest.raises(NotEnrolled):
        withdraw(actor=enrolment.person, course_key=course.page_key)
    back = enrol(actor=enrolment.person, course_key=course.page_key)
    assert back.pk == enrolment.pk
    assert progress(enrolment).percent == 50
    assert_recomputable()


def test_a_course_without_lessons_or_out_of_sight_takes_nobody():
    course = make_course()
    with pytest.raises(CourseEmpty):
        make_enrolment(course)
    hidden = make_course(studio=course.studio, own_audience=["role:hr"])
    make_reading(hidden)
    with pytest.raises(CourseNotFound):
        make_enrolment(hidden)
    with pytest.raises(CourseNotFound):
        enrol(actor=make_person(), course_key=uuid.uuid4())


def test_percent_does_not_fall_when_a_lesson_is_added_and_moving_is_the_learner_s_choice():
    course = make_course()
    first, _second = make_reading(course), make_reading(course)
    enrolment = make_enrolment(course)
    do(enrolment, first, "experienced")
    with pytest.raises(NothingNewer):
        release_move(actor=enrolment.person, course_key=course.page_key)
    make_reading(course)
    recompute()
    assert progress(enrolment).percent == 50
    moved = release_move(actor=enrolment.person, course_key=course.page_key)
    assert moved.release.number == 3
    assert progress(enrolment).percent == 33
    assert_recomputable()


def test_a_finished_course_stays_on_the_release_it_was_finished_on():
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course)
    do(enrolment, reading, "experienced")
    make_reading(course)
    with pytest.raises(AlreadyCompleted):
        release_move(actor=enrolment.person, course_key=course.page_key)
    assert progress(enrolment).percent == 100


def test_deleting_a_lesson_or_the_course_leaves_finished_records_whole():
    course = make_course()
    reading, quiz = make_reading(course), make_quiz(course)
    enrolment = make_enrolment(course)
    do(enrolment, reading, "experienced")
    attempt(enrolment, quiz)
    before = CourseProgress.objects.filter(enrolment=enrolment).values().get()
    lessons = list(LessonProgress.objects.filter(enrolment=enrolment).values())
    quiz.delete()
    course.refresh_from_db()
    course.delete()
    enrolment.refresh_from_db()
    assert enrolment.course is None
    assert enrolment.release.title == "木塞堵漏法入门"
    assert CourseProgress.objects.filter(enrolment=enrolment).values().get() == before
    assert list(LessonProgress.objects.filter(enrolment=enrolment).values()) == lessons
    assert_recomputable()


def test_an_event_can_be_neither_changed_nor_deleted():
    course = make_course()
    make_reading(course)
    enrolment = make_enrolment(course)
    row = LearningEvent.objects.get(enrolment=enrolment)
    row.kind = "moved"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        LearningEvent.objects.filter(pk=row.pk).delete()


def test_a_late_event_for_a_lesson_that_left_the_outline_is_kept():
    course = make_course()
    gone, _stays = make_reading(course), make_reading(course)
    enrolment = make_enrolment(course)
    late = event(enrolment, gone, "experienced")
    gone.delete()
    release_move(actor=enrolment.person, course_key=course.page_key)
    assert not event_record(actor=enrolment.person, event=late).lesson_done
    assert_recomputable()


def test_an_opening_says_whose_and_which_and_when():
    now = timezone.now()
    assert opening_read(opening_make(3, "k", now)) == Opening(3, "k", milliseconds(now))


def test_an_unpublished_course_makes_no_release():
    course = make_course()
    reading = make_reading(course)
    number = release_of(course).number
    reading.title = "草稿标题"
    reading.save_revision()
    assert release_of(course).number == number
    publish(reading)
    assert release_of(course).number == number + 1
    reading.unpublish()
    assert release_of(course).number == number + 1
