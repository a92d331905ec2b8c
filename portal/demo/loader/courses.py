"""Courses with their lessons and questions. A course goes live last, so that it has one release."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from courses.models import (
    CoursePage,
    KnowledgeLessonPage,
    LessonPage,
    Question,
    QuizLessonPage,
    ReadingLessonPage,
    VideoLessonPage,
)
from courses.questions.services import question_version_make
from people.models import Trade
from portal.demo.loader import blocks
from portal.demo.loader.clock import days_ago
from portal.demo.loader.content import Data, key, read_folder
from portal.demo.loader.knowledge import Shelf, page_date
from portal.demo.loader.media import picture_get
from studios.models import Studio


def courses_load(shelf: Shelf) -> dict[str, CoursePage]:
    """Courses by slug, live."""
    return {row["slug"]: _course(shelf, row) for row in read_folder("courses")}


def _course(shelf: Shelf, row: Data) -> CoursePage:
    studio, author = shelf.studios[row["studio"]], shelf.people[row["author"]]
    course = CoursePage(
        title=row["title"],
        slug=row["slug"],
        page_key=key("page", row["slug"]),
        script=row["script"],
        summary=row["summary"],
        aims="\n".join(row["outcomes"]),
        duration_note=row["duration_note"],
        cover=picture_get(row["cover"], row["cover_alt"], studio),
        owner=author,
        live=False,
    )
    course.trades = list(Trade.objects.filter(code__in=row["trades"]))
    studio.page.refresh_from_db()
    studio.page.add_child(instance=course)
    for lesson in row["lessons"]:
        course.refresh_from_db()
        page = LESSONS[lesson["kind"]](shelf, studio, lesson)
        page.title, page.slug, page.script = lesson["title"], lesson["slug"], row["script"]
        page.page_key, page.owner, page.live = key("page", lesson["slug"]), author, False
        page.minutes, page.required = lesson["minutes"], lesson.get("required", True)
        course.add_child(instance=page)
        page.full_clean()
        _publish(page, studio)
    course.refresh_from_db()
    _publish(course, studio)
    page_date(course, days_ago(row["days_ago"]))
    return course


def _publish(page: Any, studio: Studio) -> None:
    head = studio.leaders.get().person
    page.save_revision(user=page.owner, log_action=False).publish(user=head, skip_permission_checks=True)
    page.refresh_from_db()


def reading(shelf: Shelf, studio: Studio, row: Data) -> LessonPage:
    """A text to read."""
    sections = [{"heading": part["heading"], "text": blocks.paragraphs(part["text"])} for part in row["sections"]]
    return ReadingLessonPage(body=blocks.stream("section", row["slug"], sections))


def knowledge(shelf: Shelf, studio: Studio, row: Data) -> LessonPage:
    """A knowledge page in its newest release."""
    return KnowledgeLessonPage(knowledge_page=shelf.pages[row["piece"]].page_ptr, introduction=row["summary"])


def video(shelf: Shelf, studio: Studio, row: Data) -> LessonPage:
    """The film with its subtitles and chapters; its length is read from the file."""
    chapters = blocks.stream("chapter", row["slug"], row["chapters"])
    return VideoLessonPage(
        video=shelf.files[row["material"]],
        subtitles=shelf.files[f"{row['material']}:subtitles"],
        poster=picture_get("plug-fit-right", row["title"], studio),
        introduction=row["summary"],
        chapters=chapters,
    )


def quiz(shelf: Shelf, studio: Studio, row: Data) -> LessonPage:
    """A quiz with its questions, which stand in the studio's bank."""
    asked = [question_make(shelf, studio, item, row["reread"]) for item in row["questions"]]
    return QuizLessonPage(
        introduction=row["summary"],
        questions=blocks.stream("question", row["slug"], [question.pk for question in asked]),
        pass_score=row["pass_mark"],
    )


def question_make(shelf: Shelf, studio: Studio, row: Data, reread: str) -> Question:
    """A question in its first version."""
    question = Question(
        question_key=key("question", row["key"]),
        studio=studio,
        kind=row["kind"],
        text=row["text"],
        explanation=row["explanation"],
        points=row["points"],
        reread_page=shelf.pages[reread].page_ptr,
    )
    if row["kind"] == "truefalse":
        question.statement_is_true = row["answer"]
    else:
        options = [
            {"text": str(text), "is_right": number in row["answer"]}
            for number, text in enumerate(row["options"], start=1)
        ]
        question.options = blocks.stream("option", row["key"], options)
    question.full_clean()
    question.save()
    question_version_make(question=question, actor=studio.leaders.get().person)
    return question


LESSONS: dict[str, Callable[[Shelf, Studio, Data], LessonPage]] = {
    "reading": reading,
    "knowledge": knowledge,
    "video": video,
    "quiz": quiz,
}
