"""Questions and answers (问题解答)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from kb.pages.base import KnowledgePage
from kb.pages.blocks import RICH_TEXT, PictureBlock, rich_text_plain
from kb.pages.words import joined
from search.registry import Passage


class QuestionAnswerPage(KnowledgePage):
    """A question from the shop floor and the master's answer."""

    search_kind = "qa"
    list_name = "answers"
    template = "kb/page.html"

    question = models.TextField(_("问题"), help_text=_("把现场情况写清：设备、现象、试过什么。"))
    asked_by = models.CharField(_("谁问的"), max_length=80, blank=True)
    answer = RichTextField(_("解答"), features=RICH_TEXT)
    pictures = StreamField([("picture", PictureBlock())], blank=True, verbose_name=_("图片"))

    content_panels = [
        *KnowledgePage.first_panels,
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("asked_by"),
        FieldPanel("answer"),
        FieldPanel("pictures"),
        *KnowledgePage.about_panels,
        *KnowledgePage.release_panels,
    ]

    class Meta:
        verbose_name = _("问题解答")
        verbose_name_plural = pgettext_lazy("many", "问题解答")

    @property
    def lead(self) -> str:
        return self.question

    def places(self) -> Iterator[Passage]:
        yield Passage("section:question", gettext("问题"), self.question)
        captions = [block.value["caption"] for block in self.pictures]
        yield Passage("section:answer", gettext("解答"), joined([rich_text_plain(self.answer), *captions]))
