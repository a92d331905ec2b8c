"""Rows and pages of `kb`."""

from kb.files.models import File
from kb.files.reading.models import FilePart, FileReading, FilmSubtitles
from kb.pages.answer import QuestionAnswerPage
from kb.pages.base import KnowledgePage
from kb.pages.case import CasePage
from kb.pages.courseware import CoursewarePage
from kb.pages.method import OperatingMethodPage
from kb.pages.tags import Tag
from kb.pages.textbook import TextbookPage
from kb.publishing.models import Notice, Release, ReviewTask

__all__ = [
    "CasePage",
    "CoursewarePage",
    "File",
    "FilePart",
    "FileReading",
    "FilmSubtitles",
    "KnowledgePage",
    "Notice",
    "OperatingMethodPage",
    "QuestionAnswerPage",
    "Release",
    "ReviewTask",
    "Tag",
    "TextbookPage",
]
