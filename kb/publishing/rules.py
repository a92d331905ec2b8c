"""Who may release a text: plain rules."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewVerdict:
    """What a person may do with a text that waits. `is_own_text` goes into the record of the release."""

    may_review: bool
    may_release: bool
    is_own_text: bool
    reason: str = ""


def review_verdict(
    *, actor: int, makers: Set[int], heads: Set[int], reviewers: Set[int], is_editor: bool
) -> ReviewVerdict:
    """Judges by ids of people.

    `makers` wrote or submitted the text, `reviewers` are the studio's heads and deputies of the day, `heads` its heads.
    A head may release his own text only where the studio has one head (and the record says so); nobody else may.
    """
    if actor not in reviewers and not is_editor:
        return ReviewVerdict(False, False, False, "not_reviewer")
    if actor not in makers:
        return ReviewVerdict(True, True, False)
    if heads == {actor}:
        return ReviewVerdict(True, True, True)
    return ReviewVerdict(True, False, True, "own_text")
