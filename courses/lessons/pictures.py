"""Pictures of course releases: learners stay on the release that they enrolled for, and see what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from courses.lessons.models import CourseRelease
from courses.lessons.pages import CoursePage
from courses.lessons.registry import lesson_types
from studios.pictures import Use

COURSE_RELEASE = "course release"
BATCH = 100


def pictures_of_release(release: CourseRelease) -> set[int]:
    """Ids of the pictures in all lessons of a release."""
    found: set[int] = set()
    types = lesson_types()
    for lesson in release.outline["lessons"]:
        if lesson["type"] in types:
            found.update(types[lesson["type"]].released_pictures(release.content[lesson["key"]]))
    return found


def release_pictures() -> Iterator[Use]:
    """All pictures of all releases whose course is there."""
    courses = dict(CoursePage.objects.values_list("page_key", "pk"))
    for release in CourseRelease.objects.filter(course_key__in=courses).iterator(chunk_size=BATCH):
        page_id = courses[release.course_key]
        yield from (Use(pk, page_id, COURSE_RELEASE) for pk in pictures_of_release(release))
