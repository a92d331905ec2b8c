"""Makes courses for tests through the page tree and the product's own services."""

from __future__ import annotations

import io
import struct
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile

from courses.enrolment.services import enrol
from courses.lessons.selectors import latest_release
from courses.models import (
    CoursePage,
    CourseRelease,
    Enrolment,
    KnowledgeLessonPage,
    LessonPage,
    Question,
    QuizLessonPage,
    ReadingLessonPage,
    VideoLessonPage,
)
from kb.models import File, KnowledgePage, OperatingMethodPage
from people.audience.services import page_audience_refresh
from people.models import User
from studios.models import Studio, StudioPage
from tests.factories import kb
from tests.factories.studios import make_person, make_studio


def make_course(*, studio: Studio | None = None, title: str = "木塞堵漏法入门", **fields: Any) -> CoursePage:
    """A live course on a studio's page, without lessons."""
    parent = StudioPage.objects.get(studio=studio or make_studio())
    page = CoursePage(
        title=title, slug=f"course-{uuid.uuid4().hex[:8]}", **{"aims": "能选对木塞\n能安全堵漏", **fields}
    )
    return publish(parent.add_child(instance=page))


def publish(page: Any) -> Any:
    """Publishes a page as the admin does."""
    page.save_revision().publish()
    page.refresh_from_db()
    page_audience_refresh(page=page)
    return page


def make_reading(
    course: CoursePage, *, title: str = "认识木塞", min_seconds: int = 0, **fields: Any
) -> ReadingLessonPage:
    """A live reading lesson of two sections."""
    body = [
        {"type": "section", "id": str(uuid.uuid4()), "value": {"heading": "选材", "text": "<p>杉木要干燥。</p>"}},
        {"type": "point", "id": str(uuid.uuid4()), "value": {"kind": "safety", "text": "先泄压再靠近。"}},
    ]
    page = ReadingLessonPage(
        title=title, slug=_slug(), body=fields.pop("body", body), min_seconds=min_seconds, **fields
    )
    return _lesson(course, page)


def make_video(course: CoursePage, *, title: str = "看师傅操作", seconds: int = 60, **fields: Any) -> VideoLessonPage:
    """A live video lesson; the file is only a header that says how long it plays."""
    video = fields.pop("video", None) or make_video_file(seconds)
    return _lesson(
        course, VideoLessonPage(title=title, slug=_slug(), video=video, **{"duration_seconds": seconds, **fields})
    )


def make_video_file(seconds: int, name: str = "示范.mp4") -> File:
    """A file of the knowledge base with an MP4 header."""
    return File.objects.create(title=name, file=ContentFile(mp4_bytes(seconds), name=name))


def make_question(
    studio: Studio, *, text: str = "木塞用什么木料？", right: Sequence[int] = (0,), **fields: Any
) -> Question:
    """A question with three options; `right` are the numbers of the right ones."""
    texts = fields.pop("texts", ["干燥的杉木", "潮湿的松木", "竹片"])
    options = [
        {"type": "option", "id": str(uuid.uuid4()), "value": {"text": text_, "is_right": number in right}}
        for number, text_ in enumerate(texts)
    ]
    question = Question(studio=studio, text=text, options=options, explanation="干燥的杉木遇水膨胀。", **fields)
    question.full_clean()
    question.save()
    return question


def make_quiz(
    course: CoursePage, questions: Sequence[Question] | None = None, *, title: str = "小测验", **fields: Any
) -> QuizLessonPage:
    """A live quiz; two questions of the course's studio where none are given."""
    asked = questions or [make_question(course.studio, text=f"第{n}题") for n in (1, 2)]
    stream = [{"type": "question", "id": str(uuid.uuid4()), "value": question.pk} for question in asked]
    return _lesson(course, QuizLessonPage(title=title, slug=_slug(), questions=stream, **fields))


def make_enrolment(course: CoursePage, person: User | None = None) -> Enrolment:
    """A person enrolled by himself."""
    return enrol(actor=person or make_person(), course_key=course.page_key)


def release_of(course: CoursePage) -> CourseRelease:
    """The newest release, which must exist."""
    release = latest_release(course.page_key)
    assert release is not None
    return release


def mp4_bytes(seconds: int) -> bytes:
    """The smallest file that says its length: `ftyp`, `moov` with `mvhd` (version 0, 1000 units a second)."""
    body = b"\0\0\0\0" + struct.pack(">IIII", 0, 0, 1000, seconds * 1000) + b"\0" * 80
    movie = box(b"mvhd", body)
    return box(b"ftyp", b"isom\0\0\2\0") + box(b"moov", movie)


def box(kind: bytes, body: bytes) -> bytes:
    """An ISO base media box."""
    return struct.pack(">I4s", len(body) + 8, kind) + body


def as_file(data: bytes) -> io.BytesIO:
    """Bytes to read from."""
    return io.BytesIO(data)


def _slug() -> str:
    return f"lesson-{uuid.uuid4().hex[:8]}"


def _lesson(course: CoursePage, page: LessonPage) -> Any:
    course.refresh_from_db()
    return publish(course.add_child(instance=page))


def make_method(studio: Studio, *, title: str = "木塞堵漏法", **fields: Any) -> OperatingMethodPage:
    """A released operating method."""
    return kb.make_method(studio=studio, title=title, **{"effect": "十分钟止漏", **fields})


def make_knowledge(
    course: CoursePage, page: KnowledgePage, *, title: str = "学操作法", **fields: Any
) -> KnowledgeLessonPage:
    """A live lesson that teaches a knowledge page in its newest release."""
    return _lesson(
        course, KnowledgeLessonPage(title=title, slug=_slug(), knowledge_page=page, **{"min_seconds": 0, **fields})
    )
