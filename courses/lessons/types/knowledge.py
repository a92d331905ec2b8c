"""A page of the knowledge base, in the release that was current when the lesson was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from courses.errors import LessonNotFound
from courses.lessons.pages import LessonPage
from courses.lessons.registry import lesson_type
from courses.lessons.rules import reading_rule
from courses.lessons.types.reading import reading_words
from kb.models import KnowledgePage, Release
from kb.publishing.rendering import render_release
from kb.selectors import latest_release
from people.audience.selectors import visible_pages
from search.registry import Passage

KNOWLEDGE_TYPES = [
    "kb.OperatingMethodPage",
    "kb.CasePage",
    "kb.TextbookPage",
    "kb.CoursewarePage",
    "kb.QuestionAnswerPage",
]


@lesson_type
class KnowledgeLessonPage(LessonPage):
    """A knowledge lesson (学操作法、案例、教材). The learner reads exactly the release that was pinned."""

    type_key = "knowledge"
    type_label = _("学操作法或资料")
    type_icon = "file-text"
    player_template = "courses/lessons/knowledge.html"
    can_be_confirmed = True
    is_found = False
    rule = staticmethod(reading_rule)
    rule_words = staticmethod(reading_words)

    knowledge_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("引用的页面"),
        help_text=_("发布这一课时，固定为该页面当时的发布版本。页面以后有新版本，重新发布这一课才会跟着更新。"),
    )
    knowledge_release = models.ForeignKey(
        Release, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("发布版本")
    )
    min_seconds = models.PositiveSmallIntegerField(_("至少读几秒"), default=30)

    content_panels = [
        *LessonPage.content_panels,
        PageChooserPanel("knowledge_page", KNOWLEDGE_TYPES),
        FieldPanel("introduction"),
        *LessonPage.lesson_panels,
        FieldPanel("min_seconds"),
    ]

    class Meta:
        verbose_name = _("资料课")
        verbose_name_plural = _("资料课")

    def clean(self) -> None:
        """Pins the newest release of the chosen page; a page that was never released cannot be taught."""
        super().clean()
        page = self.knowledge_page.specific if self.knowledge_page_id and self.knowledge_page else None
        if page is None:
            if self.knowledge_release_id is None:
                raise ValidationError({"knowledge_page": _("请选一个已经发布的操作法、案例、教材、课件或问答。")})
            return
        release = latest_release(page.page_key) if isinstance(page, KnowledgePage) else None
        if release is None:
            raise ValidationError({"knowledge_page": _("这个页面还没有发布过，请先发布它。")})
        self.knowledge_release = release

    def rule_params(self) -> dict[str, Any]:
        return {"min_seconds": self.min_seconds}

    def released_content(self) -> dict[str, Any]:
        release = self.knowledge_release
        return {
            "release": release.pk if release else None,
            "page_key": str(release.page_key) if release else None,
            "number": release.number if release else None,
            "introduction": self.introduction,
        }

    @classmethod
    def player_context(cls, request: HttpRequest, content: Mapping[str, Any]) -> dict[str, Any]:
        """The pinned release, where the learner may see the page it belongs to; raises LessonNotFound otherwise."""
        release = Release.objects.select_related("page_type").filter(pk=content["release"]).first()
        if release is None:
            raise LessonNotFound
        model = release.page_type.model_class()
        page = visible_pages(model.objects.filter(page_key=release.page_key), request.user).first() if model else None
        if page is None:
            raise LessonNotFound
        newest = latest_release(release.page_key)
        return {
            "knowledge": release,
            "knowledge_page": page,
            "knowledge_html": render_release(release),
            "newer": newest if newest and newest.pk != release.pk else None,
        }

    def search_passages(self) -> Iterable[Passage]:
        yield Passage("", "", self.introduction)
