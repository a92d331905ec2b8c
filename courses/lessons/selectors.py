"""Reads of courses, lessons and releases."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform
from wagtail.models import Page

from courses.errors import CourseNotFound, LessonNotFound
from courses.lessons.models import CourseRelease
from courses.lessons.outline import Outline, outline_from_json
from courses.lessons.pages import CoursePage, LessonPage
from courses.lessons.registry import lesson_types
from people.audience.selectors import may_see_page, visible_pages
from people.models import User


@lru_cache(maxsize=512)
def _outline(release_id: int, sha256: str) -> Outline:
    row = CourseRelease.objects.only("title", "outline").get(pk=release_id, sha256=sha256)
    return outline_from_json(release_id, row.title, row.outline)


def outline_of(release: CourseRelease) -> Outline:
    """The outline of a release. Releases never change, so each is read once a process."""
    return _outline(release.pk, release.sha256)


def releases_without_content() -> QuerySet[CourseRelease]:
    """Releases without their large fields."""
    return CourseRelease.objects.defer("outline", "content")


def lesson_content(release_id: int, lesson_key: str) -> dict[str, Any]:
    """What a release keeps of one lesson; raises LessonNotFound where it has no such lesson."""
    found = (
        CourseRelease.objects.filter(pk=release_id)
        .annotate(kept=KeyTransform(lesson_key, "content"))
        .values_list("kept", flat=True)
        .first()
    )
    if found is None:
        raise LessonNotFound
    return found


def latest_release(course_key: UUID) -> CourseRelease | None:
    """The newest release, without its content."""
    return releases_without_content().filter(course_key=course_key).order_by("-number").first()


def courses_visible_to(user: User | AnonymousUser) -> QuerySet[CoursePage]:
    """Live courses that the person may see."""
    return visible_pages(CoursePage.objects.all(), user)


def course_get_for(user: User | AnonymousUser, course_key: UUID) -> CoursePage:
    """A live course that the person may see; raises CourseNotFound otherwise (never tells that it exists)."""
    course = CoursePage.objects.filter(page_key=course_key, live=True).first()
    if course is None or not may_see_page(user, course):
        raise CourseNotFound
    return course


def lesson_pages(course: CoursePage) -> list[LessonPage]:
    """Live lesson pages in their order, one query for each lesson type."""
    found: list[Any] = []
    for page_class in lesson_types().values():
        found.extend(page_class.objects.child_of(course).filter(live=True))
    return sorted(found, key=lambda page: page.path)


def lesson_page_live(course: CoursePage, type_key: str, lesson_key: str) -> LessonPage:
    """The live page of a lesson; raises LessonNotFound where it was taken down or belongs elsewhere."""
    page_class = lesson_types().get(type_key)
    live = page_class.objects.child_of(course).filter(page_key=lesson_key, live=True) if page_class else None
    page = live.first() if live is not None else None
    if page is None:
        raise LessonNotFound
    return page


def page_by_key(page_class: type[Page], key: UUID | str) -> Page | None:
    """The page of that class that carries the key."""
    return page_class.objects.filter(page_key=key).first()
