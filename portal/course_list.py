"""All courses that a reader may see: one's own trade first, with how far one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.enrolment.selectors import enrolments_of
from courses.models import CoursePage
from people.audience import visible_pages
from people.models import Trade
from portal.selectors import Reader, studio_titles, trade_of
from studios.models import Studio

PER_PAGE = 24


@dataclass(frozen=True)
class CourseCard:
    """A course in the list; `percent` is None where the reader is not on it."""

    page: CoursePage
    url: str
    studio: str
    lessons: int
    percent: int | None
    is_done: bool


def course_list(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by `?trade=<id>` and `?studio=<id>`; what names nothing is passed over."""
    reader = request.user
    seen = visible_pages(CoursePage.objects.all(), reader)
    trades = Trade.objects.filter(pk__in=seen.order_by().values("trades"))
    studios = Studio.objects.filter(
        page__path__in={path[: -CoursePage.steplen] for path in seen.values_list("path", flat=True)}
    )
    trade, studio = _asked(trades, request.GET.get("trade")), _asked(studios, request.GET.get("studio"))
    own = trade_of(reader)
    rows = _ordered(seen, own)
    if trade:
        rows = rows.filter(trades=trade)
    if studio:
        rows = rows.filter(path__startswith=studio.page.path)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "total": page.paginator.count,
        "cards": course_cards(list(page.object_list), reader, request),
        "trades": sorted(trades, key=lambda item: (item != own, item.code)),
        "studios": studios.select_related("page").order_by("name"),
        "trade": trade,
        "studio": studio,
        "own": own,
    }
    return render(request, "portal/courses.html", context)


def _asked(rows: QuerySet[Any], value: str | None) -> Any:
    return next((row for row in rows if str(row.pk) == value), None) if value else None


def _ordered(rows: QuerySet[CoursePage], own: Trade | None) -> QuerySet[CoursePage]:
    if own is None:
        return rows.order_by("-first_published_at", "-pk")
    mine = CoursePage.trades.through.objects.filter(coursepage=OuterRef("pk"), trade=own)
    return rows.annotate(mine=Exists(mine)).order_by("-mine", "-first_published_at", "-pk")


def course_cards(pages: list[CoursePage], reader: Reader, request: HttpRequest) -> list[CourseCard]:
    """Cards of courses, with studios' names and one's own progress in one query each."""
    titles = studio_titles(pages)
    keys = [page.page_key for page in pages]
    mine = {row.course_key: row for row in enrolments_of(reader).filter(course_key__in=keys, withdrawn_at=None)}
    return [_card(page, titles, mine.get(page.page_key), request) for page in pages]


def _card(page: CoursePage, titles: dict[str, str], enrolment: Any, request: HttpRequest) -> CourseCard:
    progress = getattr(enrolment, "progress", None)
    return CourseCard(
        page=page,
        url=page.get_url(request) or "",
        studio=titles.get(page.path[: -page.steplen], ""),
        lessons=page.numchild,
        percent=None if enrolment is None else (progress.percent if progress else 0),
        is_done=bool(progress and progress.completed_at),
    )
