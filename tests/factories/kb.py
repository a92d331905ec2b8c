"""Makes knowledge pages, pictures and files for tests; pages are released through Wagtail as people do it."""

from __future__ import annotations

import io
import itertools
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page

from kb.models import (
    CasePage,
    CoursewarePage,
    File,
    OperatingMethodPage,
    QuestionAnswerPage,
    Tag,
    TextbookPage,
)
from people.audience.services import page_audience_refresh
from people.models import User
from studios.models import Picture, Studio
from tests.factories.studios import make_studio

_numbers = itertools.count(1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def step_block(number: int = 1, **fields: Any) -> dict[str, Any]:
    """One step as a stream's raw data, with an id of its own."""
    value = {
        "title": f"第{number}道动作",
        "action": f"按顺序做第{number}道动作，手不离阀。",
        "key_point": f"第{number}道的要领是慢。",
        "reason": f"快了会带出第{number}处漏点。",
        "safety": [],
        "values": [],
        **fields,
    }
    return {"type": "step", "id": str(uuid.uuid4()), "value": value}


def value_item(**fields: Any) -> dict[str, Any]:
    """A value to check for a step's `values`."""
    value = {"name": "介质压力", "unit": "MPa", "minimum": "0", "maximum": "0.2", "target": "0.1", **fields}
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def hazard_item(kind: str = "warning", text: str = "母液会灼伤眼睛。") -> dict[str, Any]:
    """A hazard for a step's `safety`."""
    return {"type": "item", "id": str(uuid.uuid4()), "value": {"kind": kind, "text": text}}


def make_page(
    model: type[Page],
    *,
    studio: Studio | None,
    published: bool,
    author: User | None,
    many: dict[str, Any],
    **fields: Any,
) -> Any:
    """A knowledge page below a studio's page, as a draft or published through a revision."""
    studio = studio or make_studio()
    fields.setdefault("slug", f"page-{next(_numbers)}")
    page = model(live=False, owner=author, **fields)
    studio.page.refresh_from_db()
    studio.page.add_child(instance=page)
    for name, values in many.items():
        if values:
            setattr(page, name, values)
    revision = page.save_revision(user=author)
    if published:
        revision.publish()
    page_audience_refresh(page=page)
    return model.objects.get(pk=page.pk)


def make_method(
    *,
    studio: Studio | None = None,
    steps: int | list[dict[str, Any]] = 3,
    published: bool = True,
    author: User | None = None,
    trades: Any = (),
    equipment: Any = (),
    tags: Any = (),
    authors: Any = (),
    **fields: Any,
) -> OperatingMethodPage:
    """An operating method with `steps` steps (a number, or raw blocks from `step_block`)."""
    number = next(_numbers)
    blocks = steps if isinstance(steps, list) else [step_block(index + 1) for index in range(steps)]
    values = {
        "title": f"操作法{number}",
        "effect": f"第{number}种做法，每班少停 6 分钟。",
        "applicability": "直径 6～40 mm 的圆孔。",
        "tools": "铜锤 1.5 kg\n锥形木塞",
        "protective_gear": "防化面屏",
        "hazards": [{"type": "hazard", "value": {"kind": "prohibition", "text": "禁止用钢锤敲击。"}}],
        **fields,
    }
    return make_page(
        OperatingMethodPage,
        studio=studio,
        published=published,
        author=author,
        many={"trades": trades, "equipment": equipment, "tags": tags, "authors": authors},
        steps=blocks,
        **values,
    )


def make_case(
    *, studio: Studio | None = None, published: bool = True, author: User | None = None, **fields: Any
) -> CasePage:
    """A case."""
    values = {
        "title": f"案例{next(_numbers)}",
        "summary": "放货后倒车碰人。",
        "what_happened": "叉车放完货直接倒车。",
        "cause": "镜子有盲区。",
        "handling": "立即停车。",
        "lesson": "转头看。",
        **fields,
    }
    return make_page(CasePage, studio=studio, published=published, author=author, many={}, **values)


def make_textbook(
    *,
    studio: Studio | None = None,
    sections: int = 2,
    published: bool = True,
    author: User | None = None,
    **fields: Any,
) -> TextbookPage:
    """A textbook with `sections` sections."""
    blocks = [
        {
            "type": "section",
            "id": str(uuid.uuid4()),
            "value": {"heading": f"第{index + 1}章 漏点", "body": f"<p>第{index + 1}章的正文。</p>", "pictures": []},
        }
        for index in range(sections)
    ]
    values = {"title": f"教材{next(_numbers)}", "summary": "讲漏点判断。", "sections": blocks, **fields}
    return make_page(TextbookPage, studio=studio, published=published, author=author, many={}, **values)


def make_courseware(
    *, studio: Studio | None = None, published: bool = True, author: User | None = None, **fields: Any
) -> CoursewarePage:
    """Courseware."""
    values = {"title": f"课件{next(_numbers)}", "summary": "一节课的课件。", "notes": "<p>先问再讲。</p>", **fields}
    return make_page(CoursewarePage, studio=studio, published=published, author=author, many={}, **values)


def make_answer(
    *, studio: Studio | None = None, published: bool = True, author: User | None = None, **fields: Any
) -> QuestionAnswerPage:
    """A question with its answer."""
    values = {
        "title": f"问题{next(_numbers)}",
        "question": "出碱温度降不下来？",
        "answer": "<p>先查水再查气。</p>",
        **fields,
    }
    return make_page(QuestionAnswerPage, studio=studio, published=published, author=author, many={}, **values)


MAKERS = {
    OperatingMethodPage: make_method,
    CasePage: make_case,
    TextbookPage: make_textbook,
    CoursewarePage: make_courseware,
    QuestionAnswerPage: make_answer,
}


def make_tag(name: str = "") -> Tag:
    """A tag."""
    return Tag.objects.create(name=name or f"标签{next(_numbers)}")


def image_bytes(size: tuple[int, int] = (64, 48), kind: str = "PNG", **save: Any) -> bytes:
    """A picture file of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (180, 40, 30)).save(buffer, kind, **save)
    return buffer.getvalue()


def make_picture(*, title: str = "", description: str = "木塞尺寸图", studio: Studio | None = None) -> Picture:
    """A picture with alternative text, in the studio's collection where given."""
    number = next(_numbers)
    file = ImageFile(io.BytesIO(image_bytes()), name=f"picture-{number}.png")
    picture = Picture(title=title or f"图{number}", description=description, file=file)
    if studio is not None:
        picture.collection = studio.collection
    picture.save()
    return picture


def make_file(
    *, title: str = "", name: str = "", content: bytes = PDF, studio: Studio | None = None, **fields: Any
) -> File:
    """A document, in the studio's collection where given."""
    number = next(_numbers)
    document = File(title=title or f"文件{number}", **fields)
    if studio is not None:
        document.collection = studio.collection
    document.file.save(name or f"file-{number}.pdf", ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return document
