"""Courseware (课件): files to teach with, and notes on how."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from kb.pages.base import KnowledgePage
from kb.pages.blocks import RICH_TEXT, rich_text_plain
from kb.pages.words import joined
from search.registry import Passage


class CoursewarePage(KnowledgePage):
    """Slides, sheets and videos of a lesson with the teacher's notes."""

    search_kind = "courseware"
    list_name = "courseware"
    template = "kb/page.html"

    summary = models.TextField(_("这套课件讲什么、给谁用"), blank=True)
    notes = RichTextField(_("讲课提示"), blank=True, features=RICH_TEXT)

    content_panels = [
        *KnowledgePage.first_panels,
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("notes"),
        *KnowledgePage.about_panels,
        *KnowledgePage.release_panels,
    ]

    class Meta:
        verbose_name = _("课件")
        verbose_name_plural = pgettext_lazy("many", "课件")

    @property
    def lead(self) -> str:
        return self.summary

    def places(self) -> Iterator[Passage]:
        yield Passage("", gettext("概要"), joined([self.summary, self.author_names]))
        yield Passage("section:notes", gettext("讲课提示"), rich_text_plain(self.notes))
        files = joined(_attachment_line(block) for block in self.attachments)
        yield Passage("section:files", gettext("文件"), files)


def _attachment_line(block: object) -> str:
    value = block.value
    document = value["file"] if block.block_type == "file" else value["video"]
    words = value["note"] if block.block_type == "file" else value["title"]
    return " ".join(filter(None, [getattr(document, "title", ""), words]))
