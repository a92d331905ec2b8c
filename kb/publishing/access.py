"""Who may review and release, asked of the database."""

from __future__ import annotations

from typing import Any

from wagtail.models import GroupApprovalTask, Page, WorkflowState

from kb.publishing import rules
from people.access import has_role
from people.models import Role, User
from studios.models import Studio
from studios.selectors import heads_of, reviewers_of, studio_of_page

EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)


def is_editor(user: User, studio: Studio) -> bool:
    """Whether the person is an editor or administrator whose reach covers the studio."""
    return has_role(user, *EDITORS, unit=studio.unit)


def may_review(user: User, page: Page) -> bool:
    """Whether the person reviews the texts of the page's studio today."""
    studio = studio_of_page(page)
    return studio is not None and reviews_studio(user, studio)


def reviews_studio(user: User, studio: Studio) -> bool:
    """Whether the person is a head, a deputy within his dates, or an editor for the studio."""
    return reviewers_of(studio).filter(pk=user.pk).exists() or is_editor(user, studio)


def reviews_for(user: User, task: GroupApprovalTask) -> bool:
    """Whether the person reviews for the studio that the task belongs to."""
    studio = Studio.objects.filter(heads_group__in=task.groups.all()).select_related("unit").first()
    return studio is not None and reviews_studio(user, studio)


def makers_of(page: Page, state: WorkflowState | None) -> set[int]:
    """Ids of those who wrote what waits: who saved a version since the last release, and who submitted it.

    What a reviewer corrects while it waits does not make him its author.
    """
    revisions = page.revisions.all()
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    if state is not None:
        revisions = revisions.filter(created_at__lte=state.created_at)
    makers = set(revisions.exclude(user=None).values_list("user_id", flat=True))
    submitter = state.requested_by_id if state is not None else None
    return makers | ({submitter} if submitter else set())


def review_verdict(user: User, page: Page, state: WorkflowState | None = None) -> rules.ReviewVerdict:
    """What the person may do with the page's waiting text today."""
    studio = studio_of_page(page)
    if studio is None:
        return rules.ReviewVerdict(False, False, False, "not_reviewer")
    return rules.review_verdict(
        actor=user.pk,
        makers=makers_of(page, state or page.current_workflow_state),
        heads=_ids(heads_of(studio)),
        reviewers=_ids(reviewers_of(studio)),
        is_editor=is_editor(user, studio),
    )


def _ids(rows: Any) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def may_publish_at_once(user: User, page: Page) -> bool:
    """Whether the editor's own "publish" is for this person: the only head of the studio, and editors.

    Others go through the review, where what they may do depends on who wrote the text.
    """
    studio = studio_of_page(page)
    if studio is None:
        return user.is_superuser
    return _ids(heads_of(studio)) == {user.pk} or is_editor(user, studio)
