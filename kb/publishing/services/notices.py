"""Notices to people. Mail about reviews is Wagtail's own, where mail is set up."""

from __future__ import annotations

from django.utils import timezone

from kb.publishing.models import Notice
from people.models import User


def notice_send(
    *, person: User | None, kind: str, title: str, text: str = "", url: str, sent_by: User | None = None
) -> Notice | None:
    """Writes a notice in the caller's transaction; nobody is told of what he did himself."""
    if person is None or person == sent_by:
        return None
    return Notice.objects.create(person=person, kind=kind, title=title[:255], text=text, url=url, sent_by=sent_by)


def notice_read(*, person: User, notice_id: int) -> Notice | None:
    """Marks a notice of the person as read; None where he has no such notice."""
    notice = Notice.objects.filter(person=person, pk=notice_id).first()
    if notice is not None and notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice
