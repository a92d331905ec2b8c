"""What an author does with his drafts: submit, take back, duplicate."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from kb.errors import AlreadySubmitted, NotAuthor, NotComplete, NotSubmitted
from kb.publishing.models import Notice
from kb.publishing.services.notices import notice_send
from people import logs
from people.models import User
from studios.selectors import reviewers_of, studio_of_page


@transaction.atomic
def submit(*, actor: User, page: Page) -> WorkflowState:
    """Puts the newest draft before the studio's reviewers; a text that was sent back goes on in the same review.

    Raises NotAuthor, AlreadySubmitted, NotComplete.
    """
    if not page.permissions_for_user(actor).can_edit():
        raise NotAuthor
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise AlreadySubmitted
    if page.latest_revision is None:
        page.specific.save_revision(user=actor)
        page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    missing = _missing(draft)
    if missing:
        raise NotComplete(_("还没有写：%(fields)s。请打开编辑页补齐再提交。") % {"fields": _("、").join(missing)})
    if state is not None:
        state.resume(user=actor)
    else:
        workflow = page.get_workflow()
        if workflow is None:
            raise NotAuthor
        state = workflow.start(page, actor)
    logs.record(actor=actor, action="review.submit", target=page.specific, data={"revision": page.latest_revision_id})
    return state


def reviewers_tell(*, page: Page, actor: User | None) -> None:
    """Tells the studio's reviewers that a text waits, however it was submitted."""
    studio = studio_of_page(page)
    for person in reviewers_of(studio) if studio else []:
        notice_send(
            person=person,
            kind=Notice.Kind.SUBMITTED,
            title=_("《%(title)s》等您审核") % {"title": page.draft_title or page.title},
            text=_("%(name)s 提交") % {"name": actor.name if actor else ""},
            url=reverse("kb:review", args=[page.pk]),
            sent_by=actor,
        )


def _missing(draft: Any) -> list[str]:
    """Names of the fields that readers need and the draft lacks."""
    try:
        draft.full_clean()
    except ValidationError as refused:
        return [str(draft._meta.get_field(name).verbose_name) for name in refused.error_dict if name != "__all__"]
    return []


@transaction.atomic
def withdraw(*, actor: User, page: Page) -> None:
    """Takes a text back from review, to go on writing. Raises NotAuthor, NotSubmitted."""
    state = page.current_workflow_state
    if state is None:
        raise NotSubmitted
    if not state.user_can_cancel(actor):
        raise NotAuthor
    state.cancel(user=actor)
    Notice.objects.filter(kind=Notice.Kind.SUBMITTED, url=reverse("kb:review", args=[page.pk]), read_at=None).delete()
    logs.record(actor=actor, action="review.withdraw", target=page.specific)


@transaction.atomic
def page_duplicate(*, actor: User, page: Page) -> Page:
    """A draft of one's own beside the page, with the same words and its own keys. Raises NotAuthor."""
    parent = page.get_parent()
    if not parent.permissions_for_user(actor).can_add_subpage():
        raise NotAuthor
    title = _("%(title)s（副本）") % {"title": page.title}
    copy = page.specific.copy(
        user=actor,
        keep_live=False,
        copy_revisions=False,
        update_attrs={"title": title, "draft_title": title, "slug": _free_slug(page)},
    )
    logs.record(actor=actor, action="page.duplicate", target=copy, data={"from": page.pk})
    return copy


def _free_slug(page: Page) -> str:
    taken = set(page.get_siblings().values_list("slug", flat=True))
    number = 2
    while f"{page.slug}-{number}" in taken:
        number += 1
    return f"{page.slug}-{number}"
