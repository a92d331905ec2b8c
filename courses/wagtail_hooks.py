"""The admin side of `courses`."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from courses.questions.admin import QuestionViewSet
from courses.questions.models import Question
from courses.questions.permissions import QuestionPermissionPolicy

register_permission_policy(Question, QuestionPermissionPolicy(Question))
register_snippet(QuestionViewSet)
