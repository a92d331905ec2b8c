"""Reads of the question bank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Max, QuerySet

from courses.questions.models import Question, QuestionVersion
from people.models import User
from studios import selectors as studios


def latest_versions(question_ids: Sequence[int]) -> list[QuestionVersion]:
    """The newest version of each question, in the order asked; questions without a version are left out."""
    newest = (
        QuestionVersion.objects.filter(question__in=question_ids)
        .order_by()
        .values("question")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    by_question = {v.question_id: v for v in QuestionVersion.objects.filter(pk__in=newest)}
    return [by_question[pk] for pk in question_ids if pk in by_question]


def versions_in_order(version_ids: Iterable[int]) -> list[QuestionVersion]:
    """Versions by id, in the order asked."""
    ids = list(version_ids)
    found = QuestionVersion.objects.select_related("picture", "question__reread_page").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def questions_for(user: User) -> QuerySet[Question]:
    """Questions that this person may edit: those of the studios he works in; the administrator's are all."""
    if user.is_superuser:
        return Question.objects.all()
    return Question.objects.filter(studio__in=studios.studios_of(user))
