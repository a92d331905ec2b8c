"""What trainees have done so far: events of past days, written by the one ledger, so that projections follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses.enrolment.models import Enrolment, EnrolmentSource
from courses.lessons.selectors import latest_release, lesson_content
from courses.lessons.state import ANSWERED, EXPERIENCED, LAUNCHED, PROGRESSED, REGISTERED, score
from courses.models import CoursePage, QuestionVersion
from courses.questions import rules as marking
from courses.tracking.ledger import Ledger, NewEvent
from courses.tracking.models import milliseconds
from people.models import User
from portal.demo.loader.clock import days_before_loading
from portal.demo.loader.content import Data, key, read


def learning_load(people: dict[str, User], courses: dict[str, CoursePage]) -> None:
    """All enrolments of the demo."""
    for row in read("learning")["enrolments"]:
        _enrolment(people[row["person"]], courses[row["course"]], row)


def _enrolment(person: User, course: CoursePage, row: Data) -> None:
    release, start = latest_release(course.page_key), days_before_loading(row["days_ago"], 8)
    enrolment = Enrolment.objects.create(
        person=person,
        course_key=course.page_key,
        course=course,
        studio=course.studio,
        release=release,
        source=EnrolmentSource.SELF,
        enrolled_at=start,
    )
    ledger = Ledger(enrolment.pk)
    ledger.take(person, NewEvent(REGISTERED, key("event", person.username, row["course"])), start, release=release)
    for number, event in enumerate(row["events"]):
        at = days_before_loading(event["days_ago"], 9) + dt.timedelta(minutes=40 * number)
        _event(ledger, person, event, at, f"{person.username}/{row['course']}/{number}")
    ledger.save()


def _event(ledger: Ledger, person: User, row: Data, at: dt.datetime, name: str) -> None:
    lesson = str(key("page", row["lesson"]))
    ledger.take(person, NewEvent(LAUNCHED, key("event", name, "open"), lesson, {"opened_ms": milliseconds(at)}), at)
    kind, payload, seconds = WAYS[row["kind"]](ledger, lesson, row)
    payload |= {"opened_ms": milliseconds(at), "seconds": seconds}
    end = at + dt.timedelta(seconds=seconds)
    ledger.take(person, NewEvent(kind, key("event", name, "done"), lesson, payload), end)


def _read(ledger: Ledger, lesson: str, row: Data) -> tuple[str, Data, int]:
    return EXPERIENCED, {}, row["minutes"] * 60


def _watch(ledger: Ledger, lesson: str, row: Data) -> tuple[str, Data, int]:
    seen = ledger.outline.by_key[lesson].rule["duration_ms"] * row["percent"] // 100
    return PROGRESSED, {"watched": [[0, seen]], "position_ms": seen}, seen // 1000


def _quiz(ledger: Ledger, lesson: str, row: Data) -> tuple[str, Data, int]:
    """An attempt with everything right but the questions named; the marks are worked out as for anybody."""
    content = lesson_content(ledger.enrolment.release_id, lesson)
    missed = {key("question", name) for name in row["wrong"]}
    versions = QuestionVersion.objects.select_related("question").in_bulk(content["versions"]).values()
    items = [version.item() for version in versions]
    answers: dict[int, Any] = {
        version.pk: () if version.question.question_key in missed else version.right for version in versions
    }
    marks = marking.mark_all(items, answers)
    points, total = sum(mark.points for mark in marks), sum(mark.of for mark in marks)
    need, reached = ledger.outline.by_key[lesson].rule["pass_score"], score(points, total)
    payload = {
        "attempt": ledger.lesson(lesson).attempts + 1,
        "points": points,
        "total": total,
        "score": reached,
        "pass_score": need,
        "passed": reached >= need,
        "marks": [{"version": m.version, "chosen": list(m.chosen), "points": m.points, "of": m.of} for m in marks],
    }
    return ANSWERED, payload, 540


WAYS = {"read": _read, "watch": _watch, "quiz": _quiz}
