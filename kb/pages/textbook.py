"""Textbooks (教材) in sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kb.pages.base import KnowledgePage
from kb.pages.blocks import SectionBlock, rich_text_plain
from kb.pages.words import joined
from search.registry import Passage


class TextbookPage(KnowledgePage):
    """A text to learn from, in sections that keep their anchors."""

    search_kind = "textbook"
    list_name = "textbooks"
    template = "kb/page.html"

    summary = models.TextField(_("这本教材讲什么"), blank=True)
    sections = StreamField([("section", SectionBlock())], verbose_name=_("章节"))

    content_panels = [
        *KnowledgePage.first_panels,
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("sections"),
        *KnowledgePage.about_panels,
        *KnowledgePage.release_panels,
    ]

    class Meta:
        verbose_name = _("教材")
        verbose_name_plural = pgettext_lazy("many", "教材")

    @property
    def lead(self) -> str:
        return self.summary

    def contents(self) -> list[dict[str, Any]]:
        return [
            {"anchor": f"section-{block.id}", "label": block.value["heading"], "lang": self.script}
            for block in self.sections
        ]

    def places(self) -> Iterator[Passage]:
        yield Passage("", gettext("概要"), joined([self.summary, self.author_names]))
        for block in self.sections:
            captions = [item["caption"] for item in block.value["pictures"]]
            text = joined([block.value["heading"], rich_text_plain(block.value["body"]), *captions])
            yield Passage(f"section:{block.id}", block.value["heading"] or "", text)
