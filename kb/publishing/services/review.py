"""Deciding on a text that waits: release it or send it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from kb.errors import AlreadyDecided, NotReviewer, OwnText, ReasonMissing, TextChanged
from kb.publishing.access import review_verdict
from kb.publishing.models import Notice, Release
from kb.publishing.selectors import latest_release
from kb.publishing.services.notices import notice_send
from kb.publishing.services.releases import Approval, releasing
from people import logs
from people.models import User


@transaction.atomic
def approve(
    *, actor: User, page: Page, revision_id: int, note: str | None = None, significance: str | None = None
) -> Release | None:
    """Releases the text that waits and gives the release.

    `revision_id` is the version that the reviewer read. `note` and `significance` replace the author's.
    Raises NotReviewer, OwnText, AlreadyDecided, TextChanged.
    """
    state, task_state = _waiting(page)
    verdict = review_verdict(actor, page, state)
    if not verdict.may_review:
        raise NotReviewer
    if not verdict.may_release:
        raise OwnText
    page.refresh_from_db()
    if page.latest_revision_id != revision_id:
        raise TextChanged
    with releasing(
        Approval(actor=actor, note=note, significance=significance or None, is_own_text=verdict.is_own_text)
    ):
        task_state.approve(user=actor, comment=note or "")
    live = page.specific_class.objects.get(pk=page.pk)
    release = latest_release(live.page_key)
    number = release.number if release else 0
    data = {"release": number, "own_text": verdict.is_own_text}
    logs.record(actor=actor, action="review.approve", target=live, data=data)
    notice_send(
        person=state.requested_by,
        kind=Notice.Kind.RELEASED,
        title=_("《%(title)s》已发布，是第 %(number)s 版") % {"title": live.title, "number": number},
        text=note or "",
        url=live.url or reverse("kb:mine"),
        sent_by=actor,
    )
    return release


@transaction.atomic
def send_back(*, actor: User, page: Page, revision_id: int, reason: str) -> TaskState:
    """Gives the text back to its author with the reason, which he sees beside it and as a notice.

    Raises ReasonMissing, NotReviewer, AlreadyDecided, TextChanged.
    """
    if not reason.strip():
        raise ReasonMissing
    state, task_state = _waiting(page)
    if not review_verdict(actor, page, state).may_review:
        raise NotReviewer
    page.refresh_from_db()
    if page.latest_revision_id != revision_id:
        raise TextChanged
    task_state.reject(user=actor, comment=reason.strip())
    logs.record(actor=actor, action="review.send_back", target=page.specific, data={"reason": reason.strip()})
    notice_send(
        person=state.requested_by,
        kind=Notice.Kind.SENT_BACK,
        title=_("《%(title)s》退回修改") % {"title": page.draft_title or page.title},
        text=reason.strip(),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        sent_by=actor,
    )
    return task_state


def act_from_editor(*, task_state: TaskState, actor: User, action: str, comment: str) -> None:
    """The buttons of Wagtail's editor: the same decisions by the same rules."""
    page: Any = task_state.workflow_state.content_object
    page.refresh_from_db()
    if action == "approve":
        approve(actor=actor, page=page, revision_id=page.latest_revision_id, note=comment or None)
    elif action == "reject":
        send_back(actor=actor, page=page, revision_id=page.latest_revision_id, reason=comment)


def _waiting(page: Page) -> tuple[WorkflowState, TaskState]:
    """The page's state of review with its task, locked: of two who decide at once, the second is refused."""
    state = (
        WorkflowState.objects.for_instance(page)
        .select_for_update(of=("self",))
        .filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related("requested_by")
        .first()
    )
    if state is None or state.current_task_state is None:
        raise AlreadyDecided
    if state.current_task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise AlreadyDecided
    return state, state.current_task_state.specific
