"""The course page, and what a learner does with a course: enrol, leave, move to a newer release, see why."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.enrolment.selectors import enrolment_get_for, enrolment_latest, enrolments_of
from courses.enrolment.services import enrol, release_move, withdraw
from courses.errors import CourseNotFound, NothingNewer
from courses.lessons.models import CourseRelease
from courses.lessons.outline import outline_change
from courses.lessons.pages import CoursePage
from courses.lessons.selectors import course_get_for, outline_of
from courses.tracking import wording
from courses.tracking.explanations import explanation_of
from courses.tracking.rules import LessonMissing
from courses.tracking.selectors import (
    CourseView,
    course_view,
    enrolment_view,
    lesson_rows,
    lesson_state_words,
    lesson_url,
    resume_words,
)
from people.requests import PersonRequest
from people.script.parts import written

SHOWN_MISSING = 5


def course_context(request: HttpRequest, page: CoursePage) -> dict[str, Any]:
    """What the course page shows to this reader."""
    view = course_view(request.user, page.page_key, full=False)
    studio = page.studio
    context: dict[str, Any] = {
        "view": view,
        "studio": studio,
        "crumbs": [
            (written(studio.name, page.script), studio.page.url) if studio else ("", ""),
            (written(page.title, page.script), ""),
        ],
    }
    if view is None:
        return context
    lesson = view.next_lesson
    missing = view.missing
    context |= {
        "rows": outline_lines(view, page.page_key),
        "missing": missing_items(missing[:SHOWN_MISSING], page.page_key),
        "missing_more": max(0, len(missing) - SHOWN_MISSING),
        "resume_url": lesson_url(page.page_key, lesson.key) if lesson and view.enrolment else "",
        "resume_label": resume_words(view, lesson) if lesson and view.enrolment else "",
        "study_time": wording.duration_words(view.course.study_seconds),
        "completed_at": view.progress.completed_at if view.progress else None,
    }
    return context


def missing_items(missing: Iterable[LessonMissing], course_key: UUID) -> list[dict[str, str]]:
    """Sentences that say what is missing, each leading to its lesson."""
    return [
        {"text": wording.missing_sentence(item), "url": lesson_url(course_key, item.lesson.key)} for item in missing
    ]


@lru_cache(maxsize=256)
def _bodies(release_id: int, sha256: str, course_key: UUID, language: str) -> tuple[SafeString, ...]:
    """What does not depend on the learner of each line of an outline, drawn once a release and language."""
    release = CourseRelease.objects.defer("outline", "content").get(pk=release_id, sha256=sha256)
    rows = lesson_rows(CourseView(release, outline_of(release)), course_key)
    return tuple(render_to_string("courses/_lesson_body.html", {"row": row}) for row in rows)


def outline_lines(view: CourseView, course_key: UUID) -> list[dict[str, Any]]:
    """The lines of the outline: what is the same for all from the cache, and this learner's state."""
    if view.release is None:
        return []
    bodies = _bodies(view.release.pk, view.release.sha256, course_key, get_language() or "")
    going_on = view.next_lesson if view.enrolment else None
    lines = []
    for lesson, body in zip(view.outline.lessons, bodies, strict=True):
        state, note = lesson_state_words(view, lesson)
        lines.append({"n": lesson.number, "body": body, "state": state, "note": note, "next": lesson is going_on})
    return lines


@require_GET
def course(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """The steady address of a course: leads to its page; where that is gone, to the learner's own record."""
    try:
        page = course_get_for(request.user, course_key)
    except CourseNotFound:
        if not enrolments_of(request.user).filter(course_key=course_key).exists():
            raise
        return redirect("courses:why", course_key)
    return redirect(page.get_url() or "courses:learning")


@require_POST
@login_required
def course_enrol(request: PersonRequest, course_key: UUID) -> HttpResponse:
    """Enrols the reader and opens the first lesson."""
    enrolment = enrol(actor=request.user, course_key=course_key)
    view = enrolment_view(enrolment_get_for(request.user, enrolment.course_key))
    lesson = view.next_lesson
    if lesson is None:
        return redirect("courses:course", course_key)
    return redirect(lesson_url(course_key, lesson.key))


@require_POST
@login_required
def course_withdraw(request: PersonRequest, course_key: UUID) -> HttpResponse:
    """Takes the reader off the course; what he did is kept."""
    withdraw(actor=request.user, course_key=course_key)
    messages.success(request, _("已退出。学过的记录都留着，再报名就能接着学。"))
    return redirect("courses:learning")


@require_http_methods(["GET", "POST"])
@login_required
def course_move(request: PersonRequest, course_key: UUID) -> HttpResponse:
    """Shows what a newer release changes, with the percent that follows, and moves after a yes."""
    page = course_get_for(request.user, course_key)
    if request.method == "POST":
        release_move(actor=request.user, course_key=course_key)
        messages.success(request, _("已换到新版本，学完的课仍然算学完。"))
        return redirect(page.get_url() or "courses:learning")
    view = course_view(request.user, course_key)
    if view is None or not view.has_newer or view.newest is None or view.enrolment is None:
        raise NothingNewer
    newer = outline_of(view.newest)
    after = CourseView(release=view.newest, outline=newer, enrolment=view.enrolment, course=view.course)
    context = {
        "page": page,
        "change": outline_change(view.outline, newer),
        "newest": view.newest,
        "before": view.count.percent,
        "after": after.count.percent,
    }
    return render(request, "courses/move.html", context)


@require_GET
@login_required
def course_why(request: PersonRequest, course_key: UUID) -> HttpResponse:
    """The learner's own record: how far, why, and the events that it follows from."""
    enrolment = enrolment_latest(request.user, course_key)
    context = explanation_of(enrolment) | {"is_own": True, "enrolment": enrolment}
    return render(request, "courses/why.html", context)


@require_GET
@login_required
def course_done(request: PersonRequest, course_key: UUID) -> HttpResponse:
    """The end of a course, and why it counts as finished. Leads back where it is not finished."""
    enrolment = enrolment_latest(request.user, course_key)
    context = explanation_of(enrolment)
    if not context["view"].is_done:
        return redirect("courses:course", course_key)
    return render(request, "courses/done.html", context | {"enrolment": enrolment})
