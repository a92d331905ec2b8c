"""Lesson pages: keys, what they read from files, checks, previews, the command that computes progress again."""

from __future__ import annotations

import io
import struct

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from courses.checks import lesson_type_faults, lesson_types_check
from courses.lessons.mp4 import mp4_duration_ms
from courses.lessons.pages import LessonPage
from courses.lessons.registry import lesson_type, lesson_types
from courses.lessons.rules import Reason
from courses.models import CourseProgress, CourseRelease, KnowledgeLessonPage, ReadingLessonPage, VideoLessonPage
from courses.tracking.wording import duration_words, reason_words, still_missing
from kb.files.reading.child.cues import cues_of
from kb.files.reading.services import file_read
from kb.models import File
from tests.courses.test_tracking_services import do
from tests.factories import kb
from tests.factories.courses import (
    as_file,
    box,
    make_course,
    make_enrolment,
    make_knowledge,
    make_method,
    make_quiz,
    make_reading,
    make_video,
    make_video_file,
    mp4_bytes,
    publish,
    release_of,
)
from tests.factories.studios import make_person

VTT = """WEBVTT

1
00:00:01.500 --> 00:00:04.000
<v 师傅>先看<b>压力表</b>

NOTE 没有时间的话

01:02.250 --> 01:04.000
再下手
"""


def test_cues_are_read_with_their_moments_and_without_marks():
    assert list(cues_of(VTT)) == [(1500, 4000, "先看压力表"), (62_250, 64_000, "再下手")]
    assert list(cues_of("garbage\n\n\n--> no")) == []


@pytest.mark.parametrize("seconds", [1, 90, 3600])
def test_the_length_of_a_video_is_read_from_its_header(seconds):
    assert mp4_duration_ms(as_file(mp4_bytes(seconds))) == seconds * 1000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text, no video at all",
        box(b"moov", b""),
        box(b"moov", box(b"mvhd", b"short")),
        box(b"moov", box(b"mvhd", b"\0" * 100)),
        struct.pack(">I4s", 2, b"moov") + b"\0" * 20,
    ],
)
def test_a_broken_video_has_no_length(data):
    assert mp4_duration_ms(as_file(data)) == 0


def test_a_long_video_has_a_longer_header():
    body = b"\1\0\0\0" + b"\0" * 16 + struct.pack(">IQ", 1000, 7_000) + b"\0" * 60
    large = struct.pack(">I4sQ", 1, b"free", 16 + 4) + b"\0" * 4
    last = struct.pack(">I4s", 0, b"moov") + box(b"mvhd", body)
    assert mp4_duration_ms(as_file(large + last)) == 7_000


def test_times_are_told_in_whole_units():
    assert [duration_words(n) for n in (40, 60, 3599, 3900)] == ["40 秒", "1 分钟", "59 分钟", "1 小时 5 分钟"]


def test_every_reason_has_its_words():
    reasons = [
        Reason("read_longer", {"seconds": 20}),
        Reason("not_confirmed"),
        Reason("watch_more", {"seconds": 9, "percent": 10, "threshold": 90}),
        Reason("quiz_score", {"need": 80}),
        Reason("quiz_score", {"need": 80, "best": 60}),
        Reason("no_attempts_left", {"attempts": 2}),
        Reason("not_started"),
        Reason("unknown_type"),
    ]
    assert all(reason_words(reason) != reason.code for reason in reasons)
    assert still_missing(reasons[:2]) == "还差：再读 20 秒，读完后确认"
    assert still_missing([]) == ""
    assert reason_words(Reason("from_a_plugin")) == "from_a_plugin"


def test_installed_lesson_types_lack_nothing():
    assert lesson_types_check(None) == []
    assert set(lesson_types()) == {"reading", "knowledge", "video", "quiz"}
    with pytest.raises(ValueError, match="twice"):
        lesson_type(ReadingLessonPage)


def test_a_lesson_type_that_lacks_a_part_is_told_which():
    class Bare(LessonPage):
        player_template = "courses/lessons/nowhere.html"

        class Meta:
            abstract = True
            app_label = "courses"

    found = lesson_type_faults(Bare, set())
    assert {fault.id for fault in found} == {"courses.E001", "courses.E002", "courses.E003", "courses.E004"}
    assert all(fault.hint for fault in found)


def spoken(lesson):
    return [(place.locator, place.text) for place in lesson.search_passages() if place.locator.startswith("cue:")]


@pytest.mark.django_db
def test_a_lesson_is_found_by_what_its_film_says():
    course = make_course()
    subtitles = kb.make_file(title="字幕", name="a.vtt", content=VTT.encode(), studio=course.studio)
    lesson = make_video(course, subtitles=subtitles)
    assert spoken(lesson) == []
    file_read(file_id=subtitles.pk)
    assert spoken(lesson) == [("cue:1500", "先看压力表"), ("cue:62250", "再下手")]


@pytest.mark.django_db
def test_subtitles_whose_file_is_gone_say_nothing():
    subtitles = kb.make_file(title="字幕", name="a.vtt", content=VTT.encode())
    lesson = make_video(make_course(), subtitles=subtitles)
    subtitles.file.storage.delete(subtitles.file.name)
    file_read(file_id=subtitles.pk)
    assert spoken(lesson) == []


@pytest.mark.django_db
def test_a_video_s_length_is_taken_from_its_file_or_asked_for():
    page = VideoLessonPage(title="看", slug="watch", video=make_video_file(75))
    page.clean()
    assert page.duration_seconds == 75
    silent = File.objects.create(title="坏", file=ContentFile(b"no video", name="b.mp4"))
    with pytest.raises(ValidationError, match="读不出视频长度"):
        VideoLessonPage(title="看", slug="watch", video=silent).clean()


@pytest.mark.django_db
def test_a_copied_lesson_is_another_lesson_and_a_reordered_one_is_the_same():
    course = make_course()
    one, two = make_reading(course, title="一"), make_reading(course, title="二")
    copy = one.copy(update_attrs={"slug": "copied", "title": "三"})
    assert copy.page_key != one.page_key
    assert copy.get_latest_revision_as_object().page_key == copy.page_key
    before = [lesson["key"] for lesson in release_of(course).outline["lessons"]]
    two.refresh_from_db()
    one.refresh_from_db()
    two.move(one, pos="left")
    after = [lesson["key"] for lesson in release_of(course).outline["lessons"]]
    assert after != before
    assert sorted(after) == sorted(before)


@pytest.mark.django_db
def test_a_copied_course_is_another_course_with_lessons_of_its_own():
    course = make_course()
    reading = make_reading(course)
    course.refresh_from_db()
    copy = course.copy(recursive=True, update_attrs={"slug": "again", "title": "又一门"})
    keys = [lesson["key"] for lesson in release_of(copy).outline["lessons"]]
    assert copy.page_key != course.page_key
    assert len(keys) == 1
    assert str(reading.page_key) not in keys


@pytest.mark.django_db
def test_a_release_cannot_be_changed_and_deleting_all_lessons_keeps_the_last():
    course = make_course()
    reading = make_reading(course)
    number = release_of(course).number
    publish(reading)
    assert release_of(course).number == number
    reading.delete()
    assert release_of(course).number == number
    assert CourseRelease.objects.filter(course_key=course.page_key).count() == number


@pytest.mark.django_db
def test_a_knowledge_lesson_pins_what_is_released_and_nothing_else():
    course = make_course()
    with pytest.raises(ValidationError, match="请选一个已经发布的"):
        KnowledgeLessonPage(title="学", slug="learn").clean()
    draft = kb.make_method(studio=course.studio, published=False)
    with pytest.raises(ValidationError, match="还没有发布过"):
        KnowledgeLessonPage(title="学", slug="learn", knowledge_page=draft).clean()
    method = make_method(course.studio)
    lesson = make_knowledge(course, method)
    pinned = lesson.knowledge_release
    method.effect = "新的效果"
    publish(method)
    lesson.refresh_from_db()
    assert lesson.knowledge_release == pinned
    publish(lesson)
    assert lesson.knowledge_release.number == pinned.number + 1
    method.delete()
    lesson.refresh_from_db()
    lesson.clean()
    assert lesson.knowledge_page is None


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_reading, make_video, make_quiz])
def test_an_author_previews_a_lesson_without_leaving_a_trace(make):
    course = make_course()
    page = make(course)
    request = RequestFactory().get("/")
    request.user = make_person()
    shown = page.serve_preview(request, "").content.decode()
    assert "这是预览" in shown
    assert "正确" not in shown
    assert not CourseProgress.objects.exists()


@pytest.mark.django_db
def test_the_command_compares_and_mends():
    course = make_course()
    enrolment = make_enrolment_with_progress(course)
    out = io.StringIO()
    call_command("learning_recompute", "--check", stdout=out)
    assert "与事件不符 0 条" in out.getvalue()
    CourseProgress.objects.filter(enrolment=enrolment).update(percent=99)
    with pytest.raises(CommandError, match=str(enrolment.pk)):
        call_command("learning_recompute", "--check", stdout=io.StringIO())
    call_command("learning_recompute", "--enrolment", str(enrolment.pk), stdout=io.StringIO())
    assert CourseProgress.objects.get(enrolment=enrolment).percent == 50


def make_enrolment_with_progress(course):
    reading, _other = make_reading(course), make_reading(course)
    enrolment = make_enrolment(course)
    do(enrolment, reading, "experienced")
    return enrolment
