"""Releases of courses: made whenever what is live changes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction

from courses.lessons import outline
from courses.lessons.models import CourseRelease
from courses.lessons.pages import CoursePage
from courses.lessons.pictures import COURSE_RELEASE, pictures_of_release
from courses.lessons.selectors import lesson_pages
from people.models import User
from studios.pictures import picture_uses_add


@transaction.atomic
def course_release_refresh(*, course_id: int, actor: User | None = None) -> CourseRelease | None:
    """Makes a release where the live course differs from its newest one; gives the newest.

    None where the course is not live or has no live lesson. Runs in the transaction of the change, so that no
    moment exists in which a published lesson belongs to no release.
    """
    # The lock first and alone: PostgreSQL reads joined rows as they stood before it waited for the lock.
    CoursePage.objects.select_for_update(of=("self",)).filter(pk=course_id).first()
    course = CoursePage.objects.filter(pk=course_id).first()
    newest = course and CourseRelease.objects.filter(course_key=course.page_key).order_by("-number").first()
    if course is None or not course.live:
        return newest
    pages = lesson_pages(course)
    if not pages:
        return newest
    lessons: list[dict[str, Any]] = []
    content: dict[str, Any] = {}
    for page in pages:
        key = str(page.page_key)
        lessons.append(
            {
                "key": key,
                "type": page.type_key,
                "title": page.title,
                "required": page.required,
                "minutes": page.minutes,
                "rule": page.rule_params(),
            }
        )
        content[key] = page.released_content()
    asked = {"schema": outline.SCHEMA, "lessons": lessons}
    digest = hashlib.sha256(
        json.dumps([course.title, asked, content], sort_keys=True, ensure_ascii=True, default=str).encode()
    ).hexdigest()
    if newest and newest.sha256 == digest:
        return newest
    release = CourseRelease.objects.create(
        course_key=course.page_key,
        studio=course.studio,
        number=newest.number + 1 if newest else 1,
        title=course.title,
        outline=asked,
        content=json.loads(json.dumps(content, default=str)),
        sha256=digest,
        released_by=actor,
    )
    picture_uses_add(page_id=course.pk, source=COURSE_RELEASE, picture_ids=pictures_of_release(release))
    return release
