"""Writers at the same moment: nothing is refused, nothing counted twice, rows follow from the events."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.models import CourseProgress, Enrolment, LearningEvent
from courses.tracking.recompute import recompute
from courses.tracking.services import event_record
from tests.courses.test_tracking_services import event
from tests.factories.courses import make_course, make_enrolment, make_reading

WRITERS = 8
EACH = 4


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_lose_and_refuse_nothing():
    course = make_course()
    reading = make_reading(course)
    enrolments = [make_enrolment(course) for _number in range(2)]
    shared = event(enrolments[0], reading, "experienced", key=uuid.uuid4())
    work = [
        [event(enrolments[writer % 2], reading, "progressed", seconds=1) for _turn in range(EACH)] + [shared]
        for writer in range(WRITERS)
    ]

    def write(events):
        try:
            for one in events:
                person = Enrolment.objects.get(pk=one.opening.enrolment).person
                event_record(actor=person, event=one)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, events) for events in work]:
            done.result()
    assert LearningEvent.objects.filter(kind="progressed").count() == WRITERS * EACH
    assert LearningEvent.objects.filter(key=shared.key).count() == 1
    assert CourseProgress.objects.get(enrolment=enrolments[0]).percent == 100
    assert recompute(write=False).differing == []
