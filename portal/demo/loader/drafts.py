"""Texts that are not released: waiting for review, sent back, revisions of released pages."""

from __future__ import annotations

from typing import Any

from wagtail.models import TaskState, WorkflowState

from kb.models import CasePage, KnowledgePage, OperatingMethodPage
from kb.publishing.services import send_back, submit
from people.models import User
from portal.demo.loader.clock import days_before_loading
from portal.demo.loader.content import Data, earlier, methods, read
from portal.demo.loader.knowledge import Fill, Shelf, case_fields, draft_make, method_fields, related_of


def drafts_load(shelf: Shelf) -> None:
    """All of the demo's unreleased texts."""
    data = read("drafts")
    kinds: tuple[tuple[str, type[KnowledgePage], Fill], ...] = (
        ("cases", CasePage, case_fields),
        ("methods", OperatingMethodPage, method_fields),
    )
    for name, model, fill in kinds:
        for row in data[name]:
            _draft(shelf, model, fill, row)
    published = {row["slug"]: row for row in methods()}
    for row in data["revisions"]:
        _revision(shelf, published[row["slug"]], row)


def _draft(shelf: Shelf, model: type[KnowledgePage], fill: Fill, row: Data) -> None:
    page = draft_make(shelf, model, fill, row)
    page.related = related_of(shelf, row)
    _hand_in(page, page.owner, row)
    if row["state"] == "returned":
        head = shelf.studios[row["studio"]].leaders.get().person
        page.refresh_from_db()
        send_back(actor=head, page=page, revision_id=page.latest_revision_id, reason=row["reason"])


def _revision(shelf: Shelf, published: Data, row: Data) -> None:
    page = shelf.pages[row["slug"]]
    for name, value in method_fields(earlier(published, row["changes"]), shelf.studios[published["studio"]]).items():
        setattr(page, name, value)
    page.change_note, page.significance = row["note"], row["significance"]
    _hand_in(page, shelf.people[row["author"]], row)


def _hand_in(page: Any, author: User, row: Data) -> None:
    """Submits the page as its author does, on the day the demo says."""
    page.save_revision(user=author, log_action=False)
    page.refresh_from_db()
    # Asked afresh: the author's rights were remembered before his studio stood.
    state = submit(actor=User.objects.get(pk=author.pk), page=page)
    at = days_before_loading(row["submitted_days_ago"])
    WorkflowState.objects.filter(pk=state.pk).update(created_at=at)
    TaskState.objects.filter(workflow_state=state).update(started_at=at)
