"""A changed question reaches the quizzes that ask it as a new release of their courses."""

from __future__ import annotations

from django.db import transaction

from courses.lessons.pages import CoursePage
from courses.lessons.services import course_release_refresh
from courses.lessons.types.quiz import QuizLessonPage
from courses.questions.models import Question
from courses.questions.services import question_version_make
from people.models import User


@transaction.atomic
def question_changed(*, question: Question, actor: User | None = None) -> None:
    """Makes the version, then refreshes the release of every live course with a quiz that asks the question.

    Enrolments stay on the release that they pinned; their learners are offered the newer one.
    """
    question_version_make(question=question, actor=actor)
    paths = {
        quiz.path[: -quiz.steplen]
        for quiz in QuizLessonPage.objects.filter(live=True).only("path", "questions")
        if question.pk in quiz.question_ids()
    }
    for course_id in CoursePage.objects.filter(path__in=paths).values_list("pk", flat=True).order_by("pk"):
        course_release_refresh(course_id=course_id, actor=actor)
