"""The mark that a player page carries: this learner, this lesson, opened now. Signed, so it cannot be back-dated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from courses.errors import OpeningStale
from courses.tracking.models import milliseconds

SALT = "courses.opening"


@dataclass(frozen=True)
class Opening:
    """Which enrolment opened which lesson, when (milliseconds since 1970, by the server's clock)."""

    enrolment: int
    lesson: str
    opened: int


def opening_make(enrolment_id: int, lesson_key: object, now: dt.datetime | None = None) -> str:
    """The signed mark for a page that is being shown."""
    return signing.dumps([enrolment_id, str(lesson_key), milliseconds(now or timezone.now())], salt=SALT)


def opening_read(mark: object) -> Opening:
    """Reads a mark; raises OpeningStale where it is not ours. Whose enrolment it is, the caller checks."""
    if not isinstance(mark, str) or len(mark) > 400:
        raise OpeningStale
    try:
        enrolment, lesson, opened = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        raise OpeningStale from None
    return Opening(enrolment, lesson, opened)
