"""Reports: who learns what, how far, finished when, and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.enrolment.models import Enrolment
from courses.reports import selectors, sheets
from courses.tracking.attempts import attempt_allow
from courses.tracking.explanations import explanation_of
from people.errors import NotAllowed
from people.requests import PersonRequest
from people.sheets import table_response

PER_PAGE = 50
SHEET_LIMIT = 20_000


def _listed(request: PersonRequest) -> tuple[QuerySet[Enrolment], dict[str, Any]]:
    """The rows that were asked for, and what was asked."""
    if not selectors.may_see_reports(request.user):
        raise NotAllowed
    units = selectors.units_in(request.user)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "course", "unit", "state", "sort")}
    unit = units.filter(pk=asked["unit"]).first() if asked["unit"].isdecimal() else None
    try:
        course = str(UUID(asked["course"])) if asked["course"] else ""
    except ValueError:
        course = ""
    rows = selectors.enrolments_filtered(
        selectors.enrolments_visible_to(request.user),
        text=asked["q"],
        course_key=course,
        unit=unit,
        state=asked["state"],
        sort=asked["sort"] or "last",
    )
    return rows, asked | {"units": units, "course": course}


@require_GET
@login_required
def report(request: PersonRequest) -> HttpResponse:
    """The list of enrolments with filters, sorting and pages."""
    rows, asked = _listed(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "lines": list(selectors.report_rows(page.object_list)),
        "counts": selectors.counts_of(rows),
        "asked": asked,
        "courses": selectors.courses_in(selectors.enrolments_visible_to(request.user)),
        "states": [(state, sheets.state_words(state)) for state in selectors.STATES],
        "sorts": _sorts(),
        "query": query.urlencode(),
        "filtered": any(asked[name] for name in ("q", "course", "unit", "state")),
    }
    return render(request, "courses/report.html", context)


def _sorts() -> list[tuple[str, str]]:
    return [
        ("last", _("最近学习")),
        ("name", _("姓名")),
        ("unit", _("单位")),
        ("course", _("课程")),
        ("percent", _("进度低的在前")),
        ("completed", _("最近学完")),
    ]


@require_GET
@login_required
def report_export(request: PersonRequest) -> HttpResponse:
    """The same rows as the list, as XLSX."""
    rows, _asked = _listed(request)
    name = _("学习情况")
    return table_response(f"{name}.xlsx", name, sheets.report_head(), sheets.report_sheet(rows, SHEET_LIMIT))


@require_GET
@login_required
def report_person(request: PersonRequest, pk: int) -> HttpResponse:
    """Why a person is at this percent, with the events that it follows from."""
    if not selectors.may_see_reports(request.user):
        raise NotAllowed
    enrolment = selectors.enrolment_seen_by(request.user, pk)
    context = explanation_of(enrolment) | {
        "enrolment": enrolment,
        "may_allow": selectors.may_allow_attempt(request.user, enrolment),
    }
    return render(request, "courses/why.html", context)


@require_POST
@login_required
def report_allow(request: PersonRequest, pk: int, lesson_key: UUID) -> HttpResponse:
    """Gives one more attempt at a quiz."""
    enrolment = selectors.enrolment_seen_by(request.user, pk)
    if not selectors.may_allow_attempt(request.user, enrolment):
        raise NotAllowed
    attempt_allow(actor=request.user, enrolment=enrolment, lesson_key=str(lesson_key))
    messages.success(request, _("已再给一次机会，学员的测验页面上马上能看到。"))
    return redirect("courses:report_person", pk)
