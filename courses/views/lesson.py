"""The player: one lesson, nothing else on the screen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.enrolment.models import Enrolment
from courses.enrolment.selectors import enrolment_get_for
from courses.errors import CourseNotFound, EventRefused, LessonNotFound, NotLongEnough
from courses.lessons.outline import Outline, OutlineLesson
from courses.lessons.pages import CoursePage, LessonPage
from courses.lessons.registry import lesson_types
from courses.lessons.rules import attempts_left
from courses.lessons.selectors import course_get_for, lesson_content, lesson_page_live
from courses.lessons.state import ANSWERED, EXPERIENCED, LessonState
from courses.questions.selectors import versions_in_order
from courses.tracking import wording
from courses.tracking.attempts import attempt_submit, paper_make, video_confirm
from courses.tracking.models import LearningEvent
from courses.tracking.openings import opening_make, opening_read
from courses.tracking.selectors import CourseView, course_view, lesson_url
from courses.tracking.services import ClientEvent, event_record
from people.requests import PersonRequest

UNTRACKED_SECONDS = 1800


@dataclass(frozen=True)
class Opened:
    """A lesson that this reader may open, as his release (or, before enrolling, the newest one) has it."""

    course: CoursePage
    view: CourseView
    lesson: OutlineLesson
    page_class: type[LessonPage]
    page: LessonPage
    content: dict[str, Any]

    @property
    def key(self) -> str:
        """The lesson's key."""
        return self.lesson.key


def lesson_open(request: HttpRequest, course_key: UUID, lesson_key: UUID) -> Opened:
    """Raises CourseNotFound, or LessonNotFound where the lesson is not in the release or was taken down since."""
    course = course_get_for(request.user, course_key)
    view = course_view(request.user, course_key)
    lesson = view.outline.by_key.get(str(lesson_key)) if view else None
    if view is None or view.release is None or lesson is None:
        raise LessonNotFound
    page = lesson_page_live(course, lesson.type, lesson.key)
    content = lesson_content(view.release.pk, lesson.key)
    return Opened(course, view, lesson, type(page), page, content)


def _neighbours(outline: Outline, lesson: OutlineLesson) -> tuple[OutlineLesson | None, OutlineLesson | None]:
    place = lesson.number - 1
    before = outline.lessons[place - 1] if place else None
    after = outline.lessons[place + 1] if place + 1 < len(outline.lessons) else None
    return before, after


@require_GET
def lesson(request: HttpRequest, course_key: UUID, lesson_key: UUID) -> HttpResponse:
    """Shows a lesson. Who is not enrolled may look at what is no quiz; nothing is recorded for him."""
    try:
        opened = lesson_open(request, course_key, lesson_key)
    except CourseNotFound:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    enrolment = opened.view.enrolment
    context = player_context(request, opened)
    if enrolment is not None:
        context["opening"] = opening_make(enrolment.pk, opened.key)
        context["event_key"] = uuid.uuid4()
        if opened.lesson.type == "quiz":
            context |= quiz_context(opened, enrolment)
    response = render(request, opened.page_class.player_template, context)
    response["Cache-Control"] = "private, no-store" if opened.lesson.type == "quiz" else "private, no-cache"
    return response


def player_context(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """What every lesson template gets."""
    view, asked = opened.view, opened.lesson
    state = view.states.get(asked.key, LessonState())
    before, after = _neighbours(view.outline, asked)
    key = opened.course.page_key
    verdict = opened.page_class.rule(asked.rule, state)
    return {
        "course": opened.course,
        "view": view,
        "lesson": asked,
        "page": opened.page,
        "content": opened.content,
        "kind": opened.page_class.type_label,
        "rule": opened.page_class.rule_words(asked.rule),
        "state": state,
        "done": asked.key in view.course.done,
        "missing": wording.still_missing(verdict.missing),
        "is_enrolled": view.enrolment is not None,
        "before_url": lesson_url(key, before.key) if before else "",
        "after": after,
        "after_url": lesson_url(key, after.key) if after else "",
        "course_url": opened.course.get_url(),
        **opened.page_class.player_context(request, opened.content),
    }


def quiz_context(opened: Opened, enrolment: Enrolment) -> dict[str, Any]:
    """The paper of the next attempt, without the answers, and what came of the attempts so far."""
    state = opened.view.states.get(opened.key, LessonState())
    left = attempts_left(opened.lesson.rule, state)
    paper = paper_make(
        enrolment_id=enrolment.pk,
        lesson_key=opened.key,
        content=opened.content,
        attempts=state.attempts,
        left=left,
    )
    attempts = LearningEvent.objects.filter(enrolment=enrolment, lesson_key=opened.key, kind=ANSWERED)
    return {"paper": paper, "attempts": list(attempts.order_by("received_at", "pk")), "no_attempts": left == 0}


@require_POST
@login_required
def lesson_confirm(request: PersonRequest, course_key: UUID, lesson_key: UUID) -> HttpResponse:
    """A reading is confirmed, or a video that was seen without the player's script."""
    opened = lesson_open(request, course_key, lesson_key)
    enrolment = enrolment_get_for(request.user, course_key)
    key, opening = posted_key(request), opening_read(request.POST.get("opening"))
    address = lesson_url(course_key, opened.key)
    if opened.page_class.can_be_played:
        try:
            saved = video_confirm(
                actor=request.user, enrolment=enrolment, lesson_key=opened.key, key=key, opening=opening
            )
        except NotLongEnough as refusal:
            left = wording.duration_words(int(str(refusal.data["seconds"])))
            messages.warning(request, _("还没有到看完的时间，还差 %(time)s。看完再确认。") % {"time": left})
            return redirect(address)
    else:
        payload = {"seconds": _posted_seconds(request)}
        event = ClientEvent(key, EXPERIENCED, opening, payload, None, "", "form")
        if (opening.enrolment, opening.lesson) != (enrolment.pk, opened.key):
            raise EventRefused
        saved = event_record(actor=request.user, event=event)
    if saved.completed and opened.view.course.completed_at is None:
        return redirect("courses:done", course_key)
    if not saved.lesson_done:
        messages.info(request, _("已记下。这一课还差一点，见下面的说明。"))
    return redirect(address)


def posted_key(request: HttpRequest) -> UUID:
    """The form's key, which makes sending it twice the same as once; raises EventRefused."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise EventRefused from None


def _posted_seconds(request: HttpRequest) -> int:
    """Seconds that the page's script counted; without it, the time since opening, which the clock caps."""
    counted = request.POST.get("seconds", "")
    return min(int(counted), UNTRACKED_SECONDS) if counted.isdecimal() and len(counted) < 6 else UNTRACKED_SECONDS


@require_POST
@login_required
def quiz_answer(request: PersonRequest, course_key: UUID, lesson_key: UUID) -> HttpResponse:
    """Marks an attempt and shows what came of it."""
    opened = lesson_open(request, course_key, lesson_key)
    enrolment = enrolment_get_for(request.user, course_key)
    answers = {
        int(name[1:]): request.POST.getlist(name)
        for name in request.POST
        if name.startswith("q") and name[1:].isdecimal() and len(name) < 20
    }
    event = attempt_submit(
        actor=request.user,
        enrolment=enrolment,
        lesson_key=opened.key,
        key=posted_key(request),
        opening=opening_read(request.POST.get("opening")),
        answers=answers,
    )
    return redirect("courses:result", course_key, opened.key, event.key)


@require_GET
@login_required
def quiz_result(request: PersonRequest, course_key: UUID, lesson_key: UUID, event_key: UUID) -> HttpResponse:
    """An attempt's result: what was right, why, what to read again. The right options only once nothing hangs on them."""
    opened = lesson_open(request, course_key, lesson_key)
    enrolment = enrolment_get_for(request.user, course_key)
    event = LearningEvent.objects.filter(
        actor=request.user, key=event_key, enrolment=enrolment, kind=ANSWERED, lesson_key=lesson_key
    ).first()
    if event is None:
        raise LessonNotFound
    marks = event.payload["marks"]
    versions = {v.pk: v for v in versions_in_order(mark["version"] for mark in marks)}
    context = player_context(request, opened)
    no_attempts = attempts_left(opened.lesson.rule, context["state"]) == 0
    context |= {
        "event": event,
        "marks": [(mark, versions[mark["version"]]) for mark in marks if mark["version"] in versions],
        "show_right": context["done"] or no_attempts,
        "no_attempts": no_attempts,
        "completed": opened.view.is_done,
    }
    return render(request, "courses/lessons/quiz_result.html", context)


def lesson_preview(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """A draft as the learner will see it; nothing is recorded and a quiz shows no questions."""
    types = {cls: key for key, cls in lesson_types().items()}
    asked = OutlineLesson(
        str(page.page_key), types[type(page)], page.title, 1, page.required, page.minutes, page.rule_params()
    )
    view = CourseView(release=None, outline=Outline(0, page.course.title, (asked,)))
    opened = Opened(page.course, view, asked, type(page), page, page.released_content())
    context = player_context(request, opened) | {"is_preview": True}
    return render(request, page.player_template, context)
