"""Rows and pages of `courses`, by applet."""

from courses.enrolment.models import Enrolment, EnrolmentSource
from courses.lessons.models import CourseRelease
from courses.lessons.pages import CoursePage, LessonPage
from courses.lessons.types.knowledge import KnowledgeLessonPage
from courses.lessons.types.quiz import QuizLessonPage
from courses.lessons.types.reading import ReadingLessonPage
from courses.lessons.types.video import VideoLessonPage
from courses.questions.models import Question, QuestionKind, QuestionVersion
from courses.tracking.models import CourseProgress, EventKind, EventSource, LearningEvent, LessonProgress

__all__ = [
    "CoursePage",
    "CourseProgress",
    "CourseRelease",
    "Enrolment",
    "EnrolmentSource",
    "EventKind",
    "EventSource",
    "KnowledgeLessonPage",
    "LearningEvent",
    "LessonPage",
    "LessonProgress",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "QuizLessonPage",
    "ReadingLessonPage",
    "VideoLessonPage",
]
