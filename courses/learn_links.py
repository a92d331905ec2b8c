"""Which courses teach a knowledge page: shown on that page."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from courses.enrolment.selectors import enrolments_of
from courses.lessons.selectors import courses_visible_to
from courses.lessons.types.knowledge import KnowledgeLessonPage
from kb.pages.learn_links import LearnLink
from people.models import User


def courses_teaching(page_key: UUID, reader: User | AnonymousUser) -> Iterator[LearnLink]:
    """Live courses that the reader may see and in which a live lesson teaches the page, with his progress."""
    lessons = KnowledgeLessonPage.objects.filter(live=True, knowledge_release__page_key=page_key)
    paths = {path[: -KnowledgeLessonPage.steplen] for path in lessons.values_list("path", flat=True)}
    if not paths:
        return
    courses = list(courses_visible_to(reader).filter(path__in=paths).order_by("title"))
    mine = {e.course_key: e for e in enrolments_of(reader).filter(course_key__in=[c.page_key for c in courses])}
    for course in courses:
        progress = getattr(mine.get(course.page_key), "progress", None)
        if progress is None:
            note = _("课程 · 还没有报名")
        elif progress.completed_at:
            note = _("课程 · 已经学完")
        else:
            note = _("课程 · 已学 %(percent)s%%") % {"percent": progress.percent}
        yield LearnLink(title=course.title, url=course.get_url() or "", note=note)
