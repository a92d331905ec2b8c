"""What a learner sees and does, without scripts."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.urls import reverse

from courses.models import CourseProgress, LearningEvent, LessonProgress, QuestionVersion
from courses.tracking.selectors import lesson_url
from tests.courses.test_tracking_services import answers_of, do, event
from tests.factories.courses import (
    make_course,
    make_enrolment,
    make_knowledge,
    make_method,
    make_question,
    make_quiz,
    make_reading,
    make_video,
    publish,
    release_of,
)
from tests.factories.studios import make_person

pytestmark = pytest.mark.django_db


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def field(response, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found[1] if found else None


def confirm(client, course, lesson, **fields):
    page = client.get(lesson_url(course.page_key, str(lesson.page_key)))
    data = {"opening": field(page, "opening"), "key": field(page, "key"), "seconds": "", **fields}
    return client.post(reverse("courses:confirm", args=[course.page_key, lesson.page_key]), data)


def hand_in(client, course, quiz, answers):
    page = client.get(lesson_url(course.page_key, str(quiz.page_key)))
    data = {"opening": field(page, "opening"), "key": field(page, "key")}
    data |= {f"q{version}": keys for version, keys in answers.items()}
    return client.post(reverse("courses:answer", args=[course.page_key, quiz.page_key]), data, follow=True)


@pytest.fixture
def person(client):
    found = make_person()
    client.force_login(found)
    return found


def test_the_course_page_says_what_when_and_by_which_rule_before_one_starts(client):
    course = make_course(summary="一小时学会")
    make_reading(course, min_seconds=30)
    make_quiz(course)
    page = text(client.get(course.url))
    for words in ("能选对木塞", "完成全部 2 节必修课", "至少读 30 秒", "测验 80 分及格", "登录后报名", "约 10 分钟"):
        assert words in page


def test_a_course_without_lessons_says_so(client):
    assert "还没有开课" in text(client.get(make_course().url))


def test_one_learns_a_course_to_its_end_without_any_script(client, person):
    course = make_course()
    reading, quiz = make_reading(course), make_quiz(course)
    started = client.post(reverse("courses:enrol", args=[course.page_key]))
    assert started.url == lesson_url(course.page_key, str(reading.page_key))
    assert "接着学" in text(client.get(reverse("courses:learning")))
    confirm(client, course, reading)
    page = text(client.get(course.url))
    assert "50%" in page
    assert "第2课 小测验：还没有开始" in page
    failed = hand_in(client, course, quiz, answers_of(quiz, right=False))
    assert "0 分" in text(failed)
    assert "干燥的杉木遇水膨胀" in text(failed)
    assert "通过以后才显示正确答案" in text(failed)
    assert "再考一次" in text(failed)
    assert "最好成绩 0 分" in text(client.get(course.url))
    passed = hand_in(client, course, quiz, answers_of(quiz))
    assert "100 分" in text(passed)
    done = text(client.get(reverse("courses:done", args=[course.page_key])))
    assert "为什么算学完" in done
    assert "考了 2 次，最好 100 分" in done
    assert "学完的" in text(client.get(reverse("courses:learning")))
    assert CourseProgress.objects.get().percent == 100


def test_the_page_of_a_quiz_does_not_tell_which_option_is_right(client, person):
    course = make_course()
    quiz = make_quiz(course)
    make_enrolment(course, person)
    page = client.get(lesson_url(course.page_key, str(quiz.page_key)))
    body = page.content.decode()
    assert "is_right" not in body
    assert "干燥的杉木遇水膨胀" not in body
    assert not re.search(r"<label[^>]*right", body)
    assert "no-store" in page["Cache-Control"]


def test_the_order_of_a_paper_stays_on_reload(client, person):
    course = make_course()
    quiz = make_quiz(course, [make_question(course.studio, text=f"题{n}") for n in range(8)])
    make_enrolment(course, person)
    address = lesson_url(course.page_key, str(quiz.page_key))
    one, two = (re.findall(r'name="q\d+" value="[^"]+"', client.get(address).content.decode()) for _n in range(2))
    assert one == two
    assert len(one) == 24


def test_a_question_of_each_kind_can_be_answered(client, person):
    course = make_course()
    questions = [
        make_question(course.studio),
        make_question(course.studio, text="多选", kind="multiple", right=(0, 2)),
        make_question(course.studio, text="判断", kind="truefalse", texts=[], statement_is_true=True),
    ]
    quiz = make_quiz(course, questions)
    make_enrolment(course, person)
    answers = answers_of(quiz)
    multiple = QuestionVersion.objects.get(kind="multiple")
    assert "67 分" not in text(hand_in(client, course, quiz, answers | {multiple.pk: multiple.right[:1]}))
    assert LessonProgress.objects.get().best_score == 66
    hand_in(client, course, quiz, answers)
    assert LessonProgress.objects.get().best_score == 100


def test_reading_needs_its_time_without_a_script_too(client, person):
    course = make_course()
    reading = make_reading(course, min_seconds=60)
    make_enrolment(course, person)
    response = confirm(client, course, reading, seconds="99999")
    page = text(client.get(response.url))
    assert "还差：再读" in page
    assert CourseProgress.objects.get().percent == 0


def test_a_video_is_not_done_by_a_click(client, person):
    course = make_course()
    video = make_video(course, seconds=60)
    make_enrolment(course, person)
    response = confirm(client, course, video)
    assert "还差 54 秒" in text(client.get(response.url))
    assert CourseProgress.objects.get().percent == 0


def test_a_video_page_goes_on_where_one_was(client, person):
    course = make_course()
    video = make_video(course, seconds=600, chapters=[("chapter", {"seconds": 65, "title": "下锤"})])
    enrolment = make_enrolment(course, person)
    do(enrolment, video, "progressed", watched=[[0, 42_000]], position_ms=42_000, seconds=42)
    page = text(client.get(lesson_url(course.page_key, str(video.page_key))))
    assert 'data-resume="42000"' in page
    assert 'id="t-65000"' in page
    assert "01:05" in page


def test_a_knowledge_lesson_shows_the_pinned_release_and_tells_of_a_newer_one(client, person):
    course = make_course()
    method = make_method(course.studio, title="木塞堵漏法", effect="十分钟止漏")
    lesson = make_knowledge(course, method)
    make_enrolment(course, person)
    method.effect = "八分钟止漏"
    publish(method)
    page = text(client.get(lesson_url(course.page_key, str(lesson.page_key))))
    assert "十分钟止漏" in page
    assert "八分钟止漏" not in page
    assert "已经有第" in page, re.findall("第 .{0,9}版", page)
    confirm(client, course, lesson)
    assert CourseProgress.objects.get().percent == 100
    method.own_audience = ["role:hr"]
    publish(method)
    assert client.get(lesson_url(course.page_key, str(lesson.page_key))).status_code == 404


def test_a_method_s_page_leads_to_the_courses_that_teach_it(client, person):
    course = make_course()
    method = make_method(course.studio)
    make_knowledge(course, method)
    page = text(client.get(method.url))
    assert course.title in page
    assert "还没有报名" in page
    make_enrolment(course, person)
    assert "已学 0%" in text(client.get(method.url))


def test_a_visitor_may_read_a_lesson_and_nothing_is_recorded(client):
    course = make_course()
    reading, quiz = make_reading(course), make_quiz(course)
    page = text(client.get(reading.url, follow=True))
    assert "杉木要干燥" in page
    assert "登录后报名" in page
    assert not re.search(r'name="q\d', text(client.get(lesson_url(course.page_key, str(quiz.page_key)))))
    assert not LearningEvent.objects.exists()


def test_a_search_hit_keeps_its_words_on_the_way_to_the_player(client):
    reading = make_reading(make_course())
    assert client.get(f"{reading.url}?hl=杉木").url.endswith("?hl=%E6%9D%89%E6%9C%A8")


def test_who_may_not_see_the_course_cannot_open_its_lessons(client):
    course = make_course(own_audience=["role:hr"])
    reading = make_reading(course)
    address = lesson_url(course.page_key, str(reading.page_key))
    assert client.get(address).status_code == 302
    client.force_login(make_person())
    assert client.get(address).status_code == 404
    assert client.post(reverse("courses:enrol", args=[course.page_key])).status_code == 404
    assert client.get(reverse("courses:course", args=[course.page_key])).status_code == 404


def test_a_lesson_that_was_taken_down_says_so_and_the_newer_release_is_offered(client, person):
    course = make_course()
    gone, _stays = make_reading(course), make_reading(course, title="留下的课")
    make_enrolment(course, person)
    gone.unpublish()
    assert client.get(lesson_url(course.page_key, str(gone.page_key))).status_code == 404
    assert "有了新版本" in text(client.get(course.url))
    page = text(client.get(reverse("courses:move", args=[course.page_key])))
    assert "不再有的课" in page
    assert "现在 0%，换过去以后 0%" in page
    client.post(reverse("courses:move", args=[course.page_key]))
    assert "有了新版本" not in text(client.get(course.url))
    assert client.get(reverse("courses:move", args=[course.page_key])).status_code == 409


def test_the_record_stays_readable_when_the_course_is_gone(client, person):
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course, person)
    do(enrolment, reading, "experienced")
    course.refresh_from_db()
    course.delete()
    page = client.get(reverse("courses:course", args=[enrolment.course_key]), follow=True)
    assert "确认学完" in text(page)
    assert "100%" in text(page)
    assert enrolment.release.title in text(client.get(reverse("courses:learning")))
    assert client.get(reverse("courses:done", args=[enrolment.course_key])).status_code == 200


def test_leaving_keeps_the_record_and_coming_back_goes_on(client, person):
    course = make_course()
    reading, _two = make_reading(course), make_reading(course)
    do(make_enrolment(course, person), reading, "experienced")
    client.post(reverse("courses:withdraw", args=[course.page_key]))
    assert "报名，开始学" in text(client.get(course.url))
    client.post(reverse("courses:enrol", args=[course.page_key]))
    assert "50%" in text(client.get(course.url))


def test_somebody_else_s_result_is_not_found(client, person):
    course = make_course()
    quiz = make_quiz(course)
    make_enrolment(course, person)
    hand_in(client, course, quiz, answers_of(quiz))
    key = LearningEvent.objects.get(kind="answered").key
    other = make_person()
    client.force_login(other)
    make_enrolment(course, other)
    address = reverse("courses:result", args=[course.page_key, quiz.page_key, key])
    assert client.get(address).status_code == 404


def test_the_end_of_an_unfinished_course_leads_back(client, person):
    course = make_course()
    make_reading(course)
    make_enrolment(course, person)
    assert client.get(reverse("courses:done", args=[course.page_key])).status_code == 302
    assert client.get(reverse("courses:done", args=[uuid.uuid4()])).status_code == 404


def post(client, events, **extra):
    body = events if isinstance(events, str) else json.dumps({"events": events})
    return client.post(reverse("courses:events"), body, content_type="application/json", **extra)


def raw(enrolment, lesson, kind="launched", **payload):
    one = event(enrolment, lesson)
    from courses.tracking.openings import opening_make

    mark = opening_make(enrolment.pk, lesson.page_key)
    return {"key": str(one.key), "kind": kind, "opening": mark, "payload": payload, "device_id": "d"}


def test_a_batch_of_events_gets_a_verdict_for_each(client, person):
    course = make_course()
    reading = make_reading(course)
    enrolment = make_enrolment(course, person)
    good, bad = raw(enrolment, reading, "experienced"), raw(enrolment, reading, "answered", points=100)
    answer = post(client, [good, bad, "nonsense"]).json()["results"]
    assert [(r["key"], r["status"]) for r in answer] == [
        (good["key"], "saved"),
        (bad["key"], "refused"),
        (None, "refused"),
    ]
    assert answer[0]["lesson_done"]
    assert answer[0]["completed"]
    again = post(client, [good]).json()["results"][0]
    assert again == answer[0]


def test_marks_cannot_be_forged_through_the_events(client, person):
    course = make_course()
    quiz = make_quiz(course)
    enrolment = make_enrolment(course, person)
    forged = raw(enrolment, quiz, "answered", points=10, total=10)
    sneaky = raw(enrolment, quiz, "progressed") | {"payload": {"seconds": 1, "points": 10, "total": 10}}
    assert {r["status"] for r in post(client, [forged, sneaky]).json()["results"]} == {"refused"}
    assert CourseProgress.objects.get().percent == 0


def test_events_need_a_sign_in_a_token_and_a_reasonable_size(client, person, django_client_class=None):
    from django.test import Client

    course = make_course()
    reading = make_reading(course)
    one = raw(make_enrolment(course, person), reading)
    assert post(Client(), [one]).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert post(strict, [one]).status_code == 403
    assert client.get(reverse("courses:events")).status_code == 405
    assert post(client, [one] * 51).status_code == 413
    assert post(client, "x" * 70_000).status_code == 413
    for broken in ("{", "[]", "7", '{"events": 7}', "[" * 5000):
        assert post(client, broken).status_code in (400, 413)
    assert not LearningEvent.objects.filter(kind="launched").exists()


def test_events_are_limited_a_minute(client, person, settings):
    from django.core.cache import cache

    cache.clear()
    answers = [post(client, []).status_code for _turn in range(62)]
    cache.clear()
    assert answers.count(200) >= 59
    assert 429 in answers


def test_the_number_of_queries_of_a_course_page_does_not_grow_with_its_lessons(
    client, person, django_assert_max_num_queries
):
    counts = []
    for lessons in (3, 12):
        course = make_course(title=f"{lessons} 课")
        for number in range(lessons):
            make_reading(course, title=f"课 {number}")
        enrolment = make_enrolment(course, person)
        for page in list(release_of(course).content)[:3]:
            LessonProgress.objects.get_or_create(enrolment=enrolment, lesson_key=page)
        client.get(course.url)
        with django_assert_max_num_queries(10) as seen:
            assert client.get(course.url).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
