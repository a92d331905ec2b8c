"""Reading: a text of the studio's own, read to the end and confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from courses.lessons.blocks import ReadingBlock, block_text
from courses.lessons.pages import LessonPage
from courses.lessons.registry import lesson_type
from courses.lessons.rules import reading_rule
from search.registry import Passage
from studios.pictures import pictures_of_field


def reading_words(params: Mapping[str, Any]) -> str:
    """The rule of a reading in words."""
    if params.get("min_seconds"):
        return str(_("读完全文并确认，至少读 %(seconds)s 秒") % {"seconds": params["min_seconds"]})
    return str(_("读完全文并确认"))


@lesson_type
class ReadingLessonPage(LessonPage):
    """A reading lesson (阅读)."""

    type_key = "reading"
    type_label = _("阅读")
    type_icon = "book-open"
    player_template = "courses/lessons/reading.html"
    can_be_confirmed = True
    rule = staticmethod(reading_rule)
    rule_words = staticmethod(reading_words)

    body = StreamField(ReadingBlock(), verbose_name=_("正文"))
    min_seconds = models.PositiveSmallIntegerField(_("至少读几秒"), default=30)

    content_panels = [
        *LessonPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        *LessonPage.lesson_panels,
        FieldPanel("min_seconds"),
    ]

    class Meta:
        verbose_name = _("阅读课")
        verbose_name_plural = _("阅读课")

    def rule_params(self) -> dict[str, Any]:
        return {"min_seconds": self.min_seconds}

    def released_content(self) -> dict[str, Any]:
        return {"introduction": self.introduction, "body": list(self.body.raw_data)}

    @classmethod
    def released_pictures(cls, content: Mapping[str, Any]) -> Iterable[int]:
        field = cls.body.field
        return pictures_of_field(field, field.stream_block.to_python(content["body"]))

    @classmethod
    def player_context(cls, request: HttpRequest, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"body": cls.body.field.stream_block.to_python(content["body"])}

    def search_passages(self) -> Iterable[Passage]:
        yield Passage("", "", self.introduction)
        for block in self.body:
            heading, text = block_text(block)
            yield Passage(f"section:{block.id}", heading, "\n".join(filter(None, [heading, text])))
