"""Writes of the question bank."""

from __future__ import annotations

from django.db import transaction

from courses.questions.models import Question, QuestionVersion
from people.models import User


@transaction.atomic
def question_version_make(*, question: Question, actor: User | None = None) -> QuestionVersion:
    """Appends a version where the question differs from its newest one; gives the newest either way."""
    Question.objects.select_for_update().filter(pk=question.pk).first()
    fields = question.snapshot()
    page = question.reread_page.specific if question.reread_page else None
    fields.pop("reread_page_id")
    fields["reread_key"] = getattr(page, "page_key", None)
    newest = question.versions.order_by("-number").first()
    if newest and all(getattr(newest, name) == value for name, value in fields.items()):
        return newest
    return QuestionVersion.objects.create(
        question=question, number=newest.number + 1 if newest else 1, made_by=actor, **fields
    )
