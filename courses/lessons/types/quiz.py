"""Quiz: questions of the bank, marked on the server, passed at a mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.lessons.pages import LessonPage
from courses.lessons.registry import lesson_type
from courses.lessons.rules import quiz_rule
from courses.questions.models import QuestionVersion
from courses.questions.selectors import latest_versions
from search.registry import Passage


def quiz_words(params: Mapping[str, Any]) -> str:
    """The rule of a quiz in words."""
    words = str(_("测验 %(score)s 分及格（满分 100 分）") % {"score": params["pass_score"]})
    if params.get("max_attempts"):
        return words + str(_("，最多考 %(times)s 次") % {"times": params["max_attempts"]})
    return words + str(_("，不限次数"))


@lesson_type
class QuizLessonPage(LessonPage):
    """A quiz (测验). Lists questions; a release of the course pins the version of each."""

    type_key = "quiz"
    type_label = _("测验")
    type_icon = "list-checks"
    player_template = "courses/lessons/quiz.html"
    rule = staticmethod(quiz_rule)
    rule_words = staticmethod(quiz_words)

    questions = StreamField(
        [("question", SnippetChooserBlock("courses.Question", label=_("试题")))],
        verbose_name=_("试题"),
        max_num=100,
    )
    pass_score = models.PositiveSmallIntegerField(
        _("及格分（满分 100）"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("最多考几次"), default=0, help_text=_("0 表示不限。"), validators=[MaxValueValidator(50)]
    )
    shuffle = models.BooleanField(_("打乱题目和选项的次序"), default=True)

    content_panels = [
        *LessonPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("questions"),
        *LessonPage.lesson_panels,
        MultiFieldPanel(
            [FieldPanel("pass_score"), FieldPanel("max_attempts"), FieldPanel("shuffle")], heading=_("完成条件")
        ),
    ]

    class Meta:
        verbose_name = _("测验课")
        verbose_name_plural = _("测验课")

    def rule_params(self) -> dict[str, Any]:
        return {"pass_score": self.pass_score, "max_attempts": self.max_attempts}

    def search_passages(self) -> Iterable[Passage]:
        """Only what stands before the quiz: nobody finds the questions, nor the answers, by searching."""
        yield Passage("", "", self.introduction)

    def question_ids(self) -> list[int]:
        """Rows of the bank in the author's order, each once."""
        return list(dict.fromkeys(int(item["value"]) for item in self.questions.raw_data if item["value"]))

    def released_content(self) -> dict[str, Any]:
        return {
            "introduction": self.introduction,
            "versions": [version.pk for version in latest_versions(self.question_ids())],
            "shuffle": self.shuffle,
        }

    @classmethod
    def released_pictures(cls, content: Mapping[str, Any]) -> Iterable[int]:
        asked = QuestionVersion.objects.filter(pk__in=content["versions"]).exclude(picture=None)
        return asked.values_list("picture_id", flat=True)
