"""Releases are made here and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, get_active_log_context

from kb.publishing.content import fingerprint, page_content, page_text
from kb.publishing.models import Release
from kb.publishing.selectors import latest_release
from people.models import User
from studios.selectors import studio_of_page


@dataclass(frozen=True, slots=True)
class Approval:
    """Who releases, with which words. Holds for the page saves inside `releasing`."""

    actor: User | None
    note: str | None = None
    significance: str | None = None
    is_own_text: bool = False
    released_at: dt.datetime | None = None


_approval: ContextVar[Approval | None] = ContextVar("approval", default=None)


@contextmanager
def releasing(approval: Approval) -> Iterator[None]:
    """Pages published inside are released with this approval."""
    token = _approval.set(approval)
    try:
        yield
    finally:
        _approval.reset(token)


@transaction.atomic
def release_make(
    *, page: Any, approval: Approval | None = None, content: dict[str, Any] | None = None, text: str | None = None
) -> Release | None:
    """Records the page's state in memory as its next release; None where it says the same as the one before.

    `content` and `text` replace what is taken from the page (a course gives its outline). Without an approval the one
    of the surrounding `releasing` holds, else the person who is acting in the admin and the author's own note.
    """
    content = page_content(page) if content is None else content
    digest = fingerprint(content)
    before = latest_release(page.page_key)
    if before is not None and before.sha256 == digest:
        return None
    approval = approval or _approval.get() or _unasked(page)
    return Release.objects.create(
        page_key=page.page_key,
        number=before.number + 1 if before else 1,
        page_type=ContentType.objects.get_for_model(type(page)),
        studio=studio_of_page(page),
        title=page.title,
        content=content,
        sha256=digest,
        text=page_text(page) if text is None else text,
        significance=approval.significance or _significance(page, before),
        change_note=_note(page, before) if approval.note is None else approval.note,
        released_at=approval.released_at or timezone.now(),
        released_by=approval.actor,
        is_own_text=approval.is_own_text,
    )


def _unasked(page: Any) -> Approval:
    """Published outside our own review: by the person who acts in the admin, else by whom the version is."""
    context: LogContext = get_active_log_context()
    author = page.live_revision.user if page.live_revision else page.owner
    if context.user is not None and context.user.is_authenticated:
        return Approval(actor=context.user, is_own_text=context.user == author)
    return Approval(actor=author)


def _significance(page: Any, before: Release | None) -> str:
    return Release.Significance.MAJOR if before is None else getattr(page, "significance", Release.Significance.MINOR)


def _note(page: Any, before: Release | None) -> str:
    """The author's note; one that already stands at the release before says nothing about this one."""
    note = getattr(page, "change_note", "")
    return "" if before is not None and note == before.change_note else note
