"""What waits for review, and what an author has in work: rows for two lists, in a bounded number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from kb.models import KnowledgePage, Notice
from kb.publishing.access import is_editor
from kb.publishing.selectors import latest_numbers
from people.models import User
from studios.models import Membership, MembershipRole, Studio
from studios.selectors import open_on, today

LONG_WAIT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits for a decision."""

    page: Page
    studio: Studio
    author: User | None
    since: dt.datetime

    @property
    def days(self) -> int:
        """Whole days that it has waited."""
        return (timezone.now() - self.since).days

    @property
    def is_long(self) -> bool:
        """True where it has waited three days or more."""
        return self.days >= LONG_WAIT_DAYS

    @property
    def waited(self) -> str:
        """How long, in words."""
        if self.days:
            return _("等了 %(days)s 天") % {"days": self.days}
        hours = int((timezone.now() - self.since).total_seconds() // 3600)
        return _("等了 %(hours)s 小时") % {"hours": hours} if hours else _("刚刚提交")


def studios_reviewed(user: User) -> list[Studio]:
    """Studios whose texts the person reviews today: as head, as deputy within his dates, as editor."""
    day = today()
    held = Membership.objects.filter(open_on(day), person=user).filter(
        Q(role=MembershipRole.HEAD) | Q(deputy_from_date__lte=day, deputy_to_date__gte=day)
    )
    own = set(held.values_list("studio", flat=True))
    every = Studio.objects.select_related("unit", "page")
    return [studio for studio in every if studio.pk in own or is_editor(user, studio)]


def queue_for(user: User) -> list[Waiting]:
    """Everything that this person may decide on, longest wait first."""
    studios = {studio.page.path: studio for studio in studios_reviewed(user) if hasattr(studio, "page")}
    if not studios:
        return []
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__status=TaskState.STATUS_IN_PROGRESS
    ).select_related("requested_by", "current_task_state")
    by_page = {int(state.object_id): state for state in states}
    below = Q()
    for path in studios:
        below |= Q(path__startswith=path)
    pages = Page.objects.filter(below, pk__in=by_page).specific()
    rows = [
        Waiting(page, studios[page.path[: -page.steplen]], state.requested_by, state.current_task_state.started_at)
        for page in pages
        if (state := by_page[page.pk]) and page.path[: -page.steplen] in studios
    ]
    return sorted(rows, key=lambda row: row.since)


def queue_size(user: User) -> int:
    """How many texts wait for this person."""
    return len(queue_for(user))


@dataclass(frozen=True, slots=True)
class InWork:
    """A page of an author with its state: draft, waiting, returned, released, changed (released, and being changed)."""

    page: Any
    state: str
    release: int | None
    reason: str
    reviewer: User | None
    since: dt.datetime | None

    @property
    def title(self) -> str:
        """The title as it stands in the newest draft."""
        return self.page.draft_title or self.page.title


def in_work_for(user: User, most: int = 100) -> list[InWork]:
    """Pages that the person began, or wrote the newest version of; what needs him first."""
    newest = Revision.objects.filter(pk=OuterRef("latest_revision_id")).values("user_id")
    rows = Page.objects.annotate(newest_by=Subquery(newest)).filter(
        Q(owner=user) | Q(newest_by=user.pk), content_type__in=_types()
    )
    pages = list(rows.order_by("-latest_revision_created_at")[:most].specific())
    states = _states(page.pk for page in pages)
    numbers = latest_numbers(page.page_key for page in pages)
    found = [_in_work(page, states.get(page.pk), numbers.get(page.page_key)) for page in pages]
    order = ("returned", "draft", "changed", "waiting", "released", "withdrawn")
    return sorted(found, key=lambda row: order.index(row.state))


def state_of(page: Any) -> InWork:
    """The state of one page."""
    return _in_work(page, _states([page.pk]).get(page.pk), latest_numbers([page.page_key]).get(page.page_key))


def _types() -> Any:
    models = KnowledgePage.__subclasses__()
    return list(ContentType.objects.get_for_models(*models).values())


def _states(page_ids: Iterable[int]) -> dict[int, WorkflowState]:
    active = WorkflowState.objects.active().filter(object_id__in=[str(pk) for pk in page_ids])
    rows = active.select_related("current_task_state__finished_by")
    return {int(state.object_id): state for state in rows}


def _in_work(page: Any, state: WorkflowState | None, release: int | None) -> InWork:
    task = state.current_task_state if state is not None else None
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES and task is not None:
        return InWork(page, "returned", release, task.comment, task.finished_by, task.finished_at)
    if state is not None and task is not None:
        return InWork(page, "waiting", release, "", None, task.started_at)
    if page.live:
        return InWork(page, "changed" if page.has_unpublished_changes else "released", release, "", None, None)
    return InWork(page, "withdrawn" if release else "draft", release, "", None, None)


def notices_for(user: User, *, unread_only: bool = False) -> QuerySet[Notice]:
    """The person's notices, unread first, newest first."""
    rows = Notice.objects.filter(person=user).select_related("sent_by")
    return rows.filter(read_at=None) if unread_only else rows.order_by("read_at", "-sent_at")
