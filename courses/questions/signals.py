"""Where the admin's writes of questions come in; each receiver only calls a service."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context

from courses.lessons.quizzes import question_changed
from courses.questions.models import Question


@receiver(post_save, sender=Question, dispatch_uid="courses.question_makes_version")
def question_saved(sender: type, instance: Question, raw: bool = False, **_kwargs: Any) -> None:
    """A question was written: its version follows, and the releases of the courses that ask it."""
    if not raw:
        user = get_active_log_context().user
        question_changed(question=instance, actor=user if user is not None and user.pk else None)
