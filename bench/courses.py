"""Courses: the course page with 20 and 100 lessons, and learning events saved, beside the targets of the design.

python -m bench.courses [--seconds 5] [--database URL]

Without --database everything runs on SQLite, then the events once more on a private PostgreSQL where it is installed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Sequence

from bench import figures, server
from bench.place import place

PEOPLE = 4
WRITERS = 8
PEOPLE_A_WRITER = 30
TOKEN = "b" * 32
PAGE_TARGETS = {20: 15.0, 100: 25.0}
EVENT_CPU_TARGET = 8.0
EVENT_P95_TARGET = 60.0


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--database", default="")
    arguments = parser.parse_args()
    with place(arguments.database):
        print(events_table(arguments.seconds), flush=True)
        if not arguments.database:
            print(pages_table(arguments.seconds), flush=True)
    if not arguments.database:
        _on_postgresql(arguments.seconds)


def _on_postgresql(seconds: float) -> None:
    from scripts.postgres import Missing, Postgres

    try:
        with Postgres() as found:
            command = [sys.executable, "-m", "bench.courses", "--seconds", str(seconds), "--database", found.url]
            subprocess.run(command, check=True)
    except Missing as missing:
        print(f"\nPostgreSQL not measured: {missing}", flush=True)


# The course page ------------------------------------------------------------------------------------------------


def course_with(lessons: int):
    """A live course of so many lessons of three types."""
    from courses.lessons.services import course_release_refresh
    from courses.models import CoursePage
    from tests.factories.courses import make_course, make_quiz, make_reading, make_video

    course = make_course(title=f"{lessons} 课的课程")
    CoursePage.objects.filter(pk=course.pk).update(live=False)  # one release at the end, not one for each lesson
    for number in range(lessons):
        make = (make_reading, make_reading, make_reading, make_video, make_quiz)[number % 5]
        make(course, title=f"第 {number + 1} 件事")
    CoursePage.objects.filter(pk=course.pk).update(live=True)
    course_release_refresh(course_id=course.pk)
    return CoursePage.objects.get(pk=course.pk)


def learner(course) -> tuple[object, str]:
    """Somebody who is enrolled, has opened half of the lessons, and his session."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from courses.enrolment.services import enrol
    from courses.lessons.selectors import latest_release, outline_of
    from courses.tracking.ledger import Ledger, NewEvent
    from tests.factories.people import UserFactory

    person = UserFactory()
    enrolment = enrol(actor=person, course_key=course.page_key)
    lessons = outline_of(latest_release(course.page_key)).lessons
    with transaction.atomic():
        ledger = Ledger(enrolment.pk)
        for lesson in lessons[: len(lessons) // 2]:
            kind = "experienced" if lesson.type == "reading" else "launched"
            ledger.take(person, NewEvent(kind, lesson_key=lesson.key), ledger.now())
        ledger.save()
    client = Client()
    client.force_login(person)
    return person, client.cookies[settings.SESSION_COOKIE_NAME].value


def pages_table(seconds: float) -> str:
    """Queries, processor time and requests a second of the course page."""
    from bench import signed_in

    rows = []
    with server.served() as (port, pid):
        for lessons, target in PAGE_TARGETS.items():
            course = course_with(lessons)
            cookies = [learner(course)[1] for _ in range(PEOPLE)]
            queries, own = signed_in.queries_and_cpu(course.get_url(), cookies[0])
            got = server.load(port, pid, course.get_url(), cookies, seconds=seconds)
            rows.append(
                [
                    f"course page, {lessons} lessons", queries, f"{own:.1f}", f"{got.cpu:.1f}",
                    f"{target:.0f} {figures.verdict(got.cpu, target)}", f"{got.per_second:.0f}", f"{got.p95:.0f}",
                    f"{got.failed} failed" if got.failed else "",
                ]
            )  # fmt: skip
    same = "the same number of queries" if rows[0][1] == rows[1][1] else "THE QUERIES GROW WITH THE LESSONS"
    head = ["page", "queries", "CPU ms (in process)", "CPU ms (server)", "target", "requests/s", "p95 ms", ""]
    return figures.table(f"Course page, signed in, {PEOPLE} connections: {same}", head, rows)


# Learning events ------------------------------------------------------------------------------------------------


def events_table(seconds: float) -> str:
    """Events saved over HTTP by eight writers at once: each request one event, each its own transaction."""
    from django.db import connection
    from django.utils import timezone

    from courses.models import LearningEvent
    from courses.tracking.openings import opening_make
    from courses.tracking.recompute import recompute
    from tests.factories.courses import make_course, make_reading, make_video

    course = make_course()
    make_reading(course)
    video = make_video(course, seconds=3600)
    opened = timezone.now() - dt.timedelta(hours=3)
    writers: list[list[tuple[str, str]]] = []
    for _writer in range(WRITERS):
        people = []
        for _person in range(PEOPLE_A_WRITER):
            person, cookie = learner(course)
            people.append((cookie, opening_make(person.enrolments.get().pk, video.page_key, opened)))
        writers.append(people)
    before = LearningEvent.objects.count()
    with server.served() as (port, pid):
        times, refused, cpu = _write(port, pid, writers, seconds)
    saved = LearningEvent.objects.count() - before
    equal = "equal" if not recompute(write=False).differing else "DIFFERENT"
    marks = statistics.quantiles(times, n=100)
    p95 = marks[94] * 1000
    targets = [f"CPU {EVENT_CPU_TARGET:.0f} {figures.verdict(cpu, EVENT_CPU_TARGET)}"]
    if connection.vendor == "sqlite":
        targets = [f"p95 {EVENT_P95_TARGET:.0f} {figures.verdict(p95, EVENT_P95_TARGET)}"]
    row = [
        connection.vendor, f"{cpu:.1f}", f"{marks[49] * 1000:.0f}", f"{p95:.0f}", f"{len(times) / seconds:.0f}",
        saved, refused, ", ".join(targets), equal,
    ]  # fmt: skip
    head = ["database", "CPU ms", "p50 ms", "p95 ms", "events/s", "saved", "refused", "target", "recomputed"]
    return figures.table(f"Learning events, {WRITERS} writers at once, one event a request", head, [row])


def _write(
    port: int, pid: int, writers: Sequence[Sequence[tuple[str, str]]], seconds: float
) -> tuple[list[float], int, float]:
    times: list[float] = []
    refused: list[int] = []
    for people in writers:  # both workers load their modules before the clock starts
        for cookie, opening in people[:3]:
            _post(http.client.HTTPConnection("127.0.0.1", port, timeout=60), cookie, opening, 0)
    before, start = server.cpu_seconds(pid), time.monotonic()
    threads = [
        threading.Thread(target=_writer, args=(port, people, start + seconds, times, refused)) for people in writers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = server.cpu_seconds(pid) - before
    return times, len(refused), spent / max(1, len(times)) * 1000


def _writer(port: int, people: Sequence[tuple[str, str]], end: float, times: list[float], refused: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    turn = 0
    while time.monotonic() < end:
        cookie, opening = people[turn % len(people)]
        start = time.perf_counter()
        saved = _post(connection, cookie, opening, turn // len(people))
        times.append(time.perf_counter() - start)
        if not saved:
            refused.append(1)
        turn += 1


def _post(connection: http.client.HTTPConnection, cookie: str, opening: str, turn: int) -> bool:
    event = {
        "key": str(uuid.uuid4()),
        "kind": "progressed",
        "opening": opening,
        "payload": {"seconds": 15, "watched": [[turn * 15000, turn * 15000 + 15000]], "position_ms": turn * 15000},
        "device_id": "bench",
    }
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/json",
    }
    connection.request("POST", "/learn/events/", body=json.dumps({"events": [event]}), headers=headers)
    response = connection.getresponse()
    body = response.read()
    return response.status == 200 and json.loads(body)["results"][0]["status"] == "saved"


if __name__ == "__main__":
    main()
