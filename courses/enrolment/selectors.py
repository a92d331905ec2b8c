"""Reads of enrolments."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet

from courses.enrolment.models import Enrolment
from courses.errors import CourseNotFound, NotEnrolled
from people.models import User


def enrolments_of(user: User | AnonymousUser) -> QuerySet[Enrolment]:
    """A person's own enrolments, without the large fields of the release."""
    rows = Enrolment.objects.select_related("release", "progress").defer("release__outline", "release__content")
    return rows.filter(person_id=user.pk) if user.pk else rows.none()


def enrolment_open(user: User | AnonymousUser, course_key: UUID) -> Enrolment | None:
    """The person's open enrolment in a course."""
    return enrolments_of(user).filter(course_key=course_key, withdrawn_at=None).first()


def enrolment_latest(user: User | AnonymousUser, course_key: UUID) -> Enrolment:
    """The open enrolment, else the one left last; raises CourseNotFound where there never was one."""
    rows = enrolments_of(user).filter(course_key=course_key)
    found = rows.order_by(F("withdrawn_at").asc(nulls_first=True), "-pk").first()
    if found is None:
        raise CourseNotFound
    return found


def enrolment_get_for(user: User | AnonymousUser, course_key: UUID) -> Enrolment:
    """The same; raises NotEnrolled where there is none."""
    found = enrolment_open(user, course_key)
    if found is None:
        raise NotEnrolled
    return found
