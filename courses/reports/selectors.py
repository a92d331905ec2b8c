"""Enrolments as HR and masters may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from courses.enrolment.models import Enrolment
from courses.errors import EnrolmentNotFound
from courses.lessons.models import CourseRelease
from courses.lessons.selectors import outline_of
from courses.lessons.state import LessonState
from courses.tracking import rules, wording
from courses.tracking.models import CourseProgress, LessonProgress
from courses.tracking.selectors import CourseView
from people.access import has_role, units_within_reach
from people.audience.selectors import reads_all
from people.models import Posting, Role, Unit, User
from studios.models import MembershipRole
from studios.selectors import open_on, studios_of

TEACHING = (MembershipRole.HEAD, MembershipRole.MASTER)
SORTS = {
    "last": (F("progress__last_at").desc(nulls_last=True),),
    "name": ("person__name",),
    "unit": (F("unit_path").asc(nulls_last=True), "person__name"),
    "course": ("release__title", "person__name"),
    "percent": (F("progress__percent").asc(nulls_first=True),),
    "completed": (F("progress__completed_at").desc(nulls_last=True),),
}
STATES = ("running", "done", "withdrawn")


def may_see_reports(user: User) -> bool:
    """Whether the person has anything to look at: HR, auditors, administrators, heads and masters of studios."""
    return reads_all(user) or has_role(user, Role.HR) or studios_of(user, TEACHING).exists()


def _postings_now() -> QuerySet[Posting]:
    return Posting.objects.filter(open_on(timezone.localdate()))


def _acting_scope(user: User) -> Q:
    """Enrolments on which the person acts: people of his units (HR), courses of his studios (head, master)."""
    scope = Q(studio__in=studios_of(user, TEACHING).values("pk"))
    if has_role(user, Role.HR):
        within = _postings_now().filter(person=OuterRef("person"), unit__in=units_within_reach(user, Role.HR))
        scope |= Q(Exists(within))
    return scope


def enrolments_visible_to(user: User) -> QuerySet[Enrolment]:
    """All enrolments that the person may look at, with what the list shows of them."""
    rows = Enrolment.objects.select_related("person", "release", "progress", "studio").defer(
        "release__outline", "release__content"
    )
    posting = _postings_now().filter(person=OuterRef("person")).order_by("-from_date", "-pk")
    rows = rows.annotate(
        unit_name=Subquery(posting.values("unit__name")[:1]), unit_path=Subquery(posting.values("unit__path")[:1])
    )
    return rows if reads_all(user) else rows.filter(_acting_scope(user))


def enrolment_seen_by(user: User, pk: int) -> Enrolment:
    """One enrolment that the person may look at; raises EnrolmentNotFound."""
    found = enrolments_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise EnrolmentNotFound
    return found


def may_allow_attempt(user: User, enrolment: Enrolment) -> bool:
    """Whether the person may give one more attempt: HR and the studio's masters; auditors only look."""
    if has_role(user, Role.ADMINISTRATOR):
        return True
    return Enrolment.objects.filter(_acting_scope(user), pk=enrolment.pk).exists()


def enrolments_filtered(
    rows: QuerySet[Enrolment],
    *,
    text: str = "",
    course_key: str = "",
    unit: Unit | None = None,
    state: str = "",
    sort: str = "last",
) -> QuerySet[Enrolment]:
    """The list's filters, combined. `state`: running, done, withdrawn."""
    if text:
        rows = rows.filter(Q(person__name__icontains=text) | Q(person__username__icontains=text))
    if course_key:
        rows = rows.filter(course_key=course_key)
    if unit is not None:
        rows = rows.filter(unit_path__startswith=unit.path)
    if state == "done":
        rows = rows.filter(progress__completed_at__isnull=False)
    elif state == "running":
        rows = rows.filter(progress__completed_at__isnull=True, withdrawn_at__isnull=True)
    elif state == "withdrawn":
        rows = rows.filter(withdrawn_at__isnull=False)
    return rows.order_by(*SORTS.get(sort, SORTS["last"]), "pk")


def counts_of(rows: QuerySet[Enrolment]) -> dict[str, int]:
    """How many are enrolled, learning, done and gone, in one query."""
    gone = Q(withdrawn_at__isnull=False)
    done = Q(progress__completed_at__isnull=False)
    return rows.order_by().aggregate(
        total=Count("pk"),
        running=Count("pk", filter=~done & ~gone),
        done=Count("pk", filter=done),
        withdrawn=Count("pk", filter=gone & ~done),
    )


def courses_in(rows: QuerySet[Enrolment]) -> list[tuple[str, str]]:
    """Key and newest title of each course among the enrolments, for the filter."""
    keys = rows.order_by().values("course_key")
    found: dict[str, str] = {}
    for key, title in (
        CourseRelease.objects.filter(course_key__in=keys).order_by("number").values_list("course_key", "title")
    ):
        found[str(key)] = title
    return sorted(found.items(), key=lambda pair: pair[1])


def units_in(user: User) -> QuerySet[Unit]:
    """Units that the filter offers: those that HR reaches, all for who reads all."""
    if reads_all(user):
        return Unit.objects.order_by("path")
    return units_within_reach(user, Role.HR).order_by("path")


@dataclass(frozen=True)
class ReportRow:
    """A line of the report."""

    enrolment: Enrolment
    progress: CourseProgress | None
    state: str
    missing: str
    study_time: str


def report_rows(enrolments: Iterable[Enrolment]) -> Iterator[ReportRow]:
    """Lines with what is missing in words; one query for all of them."""
    batch = list(enrolments)
    states: dict[int, dict[str, LessonState]] = {}
    wanted = LessonProgress.objects.filter(enrolment__in=batch, completed_at__isnull=True)
    for enrolment_id, key, state in wanted.values_list("enrolment", "lesson_key", "state"):
        states.setdefault(enrolment_id, {})[str(key)] = LessonState.from_json(state)
    for enrolment in batch:
        yield _row(enrolment, states.get(enrolment.pk, {}))


def _row(enrolment: Enrolment, states: Mapping[str, LessonState]) -> ReportRow:
    progress: Any = getattr(enrolment, "progress", None)
    view = CourseView(
        release=enrolment.release,
        outline=outline_of(enrolment.release),
        enrolment=enrolment,
        course=rules.CourseState.from_json(progress.state) if progress else rules.CourseState(),
        states=states,
    )
    gone = "withdrawn" if enrolment.withdrawn_at else "running"
    return ReportRow(
        enrolment=enrolment,
        progress=progress,
        state="done" if view.is_done else gone,
        missing=wording.missing_short(view.missing),
        study_time=wording.duration_words(view.course.study_seconds),
    )
