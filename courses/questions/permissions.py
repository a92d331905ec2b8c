"""Who keeps which questions: the members of the studio that they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.base import ModelPermissionPolicy

from courses.questions.models import Question
from courses.questions.selectors import questions_for
from people.models import User
from studios.selectors import studios_of

ACTIONS = {"add", "change", "view", "choose"}


class QuestionPermissionPolicy(ModelPermissionPolicy):
    """Members write and change questions of their studios by the dates of their membership; nobody deletes what was
    asked (retire it instead), superusers may try and are stopped by its versions."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not user.is_active:
            return False
        if user.is_superuser:
            return True
        return action in ACTIONS and isinstance(user, User) and studios_of(user).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Question) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return user.is_superuser or questions_for(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Question]:
        allowed = any(self.user_has_permission(user, action) for action in actions)
        return questions_for(user) if allowed else Question.objects.none()
