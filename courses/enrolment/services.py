"""Coming, leaving, coming back, moving to a newer release: each is an event."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enrolment.models import Enrolment, EnrolmentSource
from courses.enrolment.selectors import enrolment_get_for, enrolment_open
from courses.errors import AlreadyCompleted, CourseEmpty, NothingNewer
from courses.lessons.selectors import course_get_for, latest_release
from courses.lessons.state import MOVED, REGISTERED, RESUMED, UNREGISTERED
from courses.tracking.ledger import Ledger, NewEvent
from people.models import User


def enrol(*, actor: User, course_key: UUID) -> Enrolment:
    """Puts the person on a course that he may see, on its newest release; who left before comes back to his row.

    Raises CourseNotFound, CourseEmpty. Asked twice at once, both callers get the one enrolment.
    """
    try:
        return _enrol(actor, course_key)
    except IntegrityError:
        return enrolment_get_for(actor, course_key)


@transaction.atomic
def _enrol(actor: User, course_key: UUID) -> Enrolment:
    course = course_get_for(actor, course_key)
    found = enrolment_open(actor, course_key)
    if found is not None:
        return found
    left = Enrolment.objects.filter(person=actor, course_key=course_key).order_by("-pk").first()
    if left is not None:
        return _resume(actor, left)
    release = latest_release(course_key)
    if release is None:
        raise CourseEmpty
    enrolment = Enrolment(
        person=actor,
        course_key=course_key,
        course=course,
        studio=course.studio,
        release=release,
        source=EnrolmentSource.SELF,
        enrolled_at=timezone.now(),
    )
    enrolment.save()
    ledger = Ledger(enrolment.pk)
    ledger.take(actor, NewEvent(REGISTERED), ledger.now(), release=release)
    ledger.save()
    return enrolment


def _resume(actor: User, enrolment: Enrolment) -> Enrolment:
    ledger = Ledger(enrolment.pk)
    ledger.take(actor, NewEvent(RESUMED), ledger.now())
    ledger.save()
    ledger.enrolment.withdrawn_at = None
    ledger.enrolment.save(update_fields=["withdrawn_at"])
    return ledger.enrolment


@transaction.atomic
def withdraw(*, actor: User, course_key: UUID) -> Enrolment:
    """The learner leaves; everything that he did is kept. Raises NotEnrolled."""
    ledger = Ledger(enrolment_get_for(actor, course_key).pk)
    now = ledger.now()
    ledger.take(actor, NewEvent(UNREGISTERED), now)
    ledger.save()
    ledger.enrolment.withdrawn_at = now
    ledger.enrolment.save(update_fields=["withdrawn_at"])
    return ledger.enrolment


@transaction.atomic
def release_move(*, actor: User, course_key: UUID) -> Enrolment:
    """Moves the learner to the newest release; lessons that are done stay done.

    Raises NotEnrolled, AlreadyCompleted, NothingNewer.
    """
    ledger = Ledger(enrolment_get_for(actor, course_key).pk)
    newest = latest_release(course_key)
    if ledger.progress.course.completed_at is not None:
        raise AlreadyCompleted
    if newest is None or newest.pk == ledger.enrolment.release_id:
        raise NothingNewer
    payload = {"from": ledger.enrolment.release_id, "to": newest.pk}
    ledger.take(actor, NewEvent(MOVED, payload=payload), ledger.now(), release=newest)
    ledger.save()
    ledger.enrolment.save(update_fields=["release"])
    return ledger.enrolment
