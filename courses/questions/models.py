"""The question bank: a row that is edited, and its versions, which are never changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.questions import rules
from courses.questions.forms import QuestionForm
from studios.models import Picture, Studio


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = rules.SINGLE, _("单选题")
    MULTIPLE = rules.MULTIPLE, _("多选题")
    TRUE_FALSE = rules.TRUE_FALSE, _("判断题")


class OptionBlock(blocks.StructBlock):
    """One option; its block id is its key for ever."""

    text = blocks.CharBlock(label=_("选项"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("正确"), required=False)

    class Meta:
        label = _("选项")
        icon = "list-ul"


FAULT_WORDS = {
    "too_few_options": _("请至少写两个选项。"),
    "one_right_option": _("单选题要有且只有一个正确选项。"),
    "some_right_option": _("请至少勾选一个正确选项。"),
    "options_repeat": _("有两个选项文字相同，请改一个。"),
}


class Question(models.Model):
    """A question of a studio's bank, as it stands now. Learners only ever see versions of it."""

    question_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="questions", verbose_name=_("工作室"))
    kind = models.CharField(_("题型"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.SINGLE)
    text = models.TextField(_("题目"), max_length=1000)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("图片")
    )
    options = StreamField([("option", OptionBlock())], blank=True, max_num=8, verbose_name=_("选项（单选、多选）"))
    statement_is_true = models.BooleanField(_("这句话是对的（判断题）"), default=False)
    explanation = models.TextField(_("讲解"), blank=True, help_text=_("交卷以后给学员看：为什么。"))
    reread_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("答错了回看哪里")
    )
    points = models.PositiveSmallIntegerField(
        _("分值"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    is_retired = models.BooleanField(_("停用"), default=False)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    base_form_class = QuestionForm

    class Meta:
        verbose_name = _("试题")
        verbose_name_plural = _("试题库")
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.text[:60]}"

    def option_values(self) -> list[dict[str, str]]:
        """Options as a version stores them: key and text."""
        if self.kind == QuestionKind.TRUE_FALSE:
            return [{"key": rules.TRUE_KEY, "text": "对"}, {"key": rules.FALSE_KEY, "text": "错"}]
        return [{"key": str(block.id), "text": block.value["text"].strip()} for block in self.options]

    def right_keys(self) -> list[str]:
        """Keys of the right options."""
        if self.kind == QuestionKind.TRUE_FALSE:
            return [rules.TRUE_KEY if self.statement_is_true else rules.FALSE_KEY]
        return [str(block.id) for block in self.options if block.value["is_right"]]

    def clean(self) -> None:
        """Refuses what cannot be asked."""
        super().clean()
        values = self.option_values()
        faults = rules.item_faults(
            self.kind, [v["key"] for v in values], self.right_keys(), [v["text"] for v in values]
        )
        if faults:
            raise ValidationError({"options": [FAULT_WORDS[fault] for fault in faults]})

    def snapshot(self) -> dict[str, Any]:
        """The fields of a version, as this row stands."""
        return {
            "kind": self.kind,
            "text": self.text.strip(),
            "picture_id": self.picture_id,
            "options": self.option_values(),
            "right": self.right_keys(),
            "explanation": self.explanation.strip(),
            "reread_page_id": self.reread_page_id,
            "points": self.points,
        }


class QuestionVersion(models.Model):
    """What was asked, word by word. Append-only: marks point here and must stay explainable."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions", verbose_name=_("试题"))
    number = models.PositiveIntegerField(_("版本"))
    kind = models.CharField(_("题型"), max_length=10, choices=QuestionKind.choices)
    text = models.TextField(_("题目"))
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, related_name="+", verbose_name=_("图片"))
    options = models.JSONField(_("选项"))
    right = models.JSONField(_("正确选项"))
    explanation = models.TextField(_("讲解"), blank=True)
    reread_key = models.UUIDField(_("回看"), null=True)
    points = models.PositiveSmallIntegerField(_("分值"))
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("试题版本")
        verbose_name_plural = _("试题版本")
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="courses_question_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.text[:40]} v{self.number}"

    def item(self) -> rules.Item:
        """The form that marking uses."""
        return rules.Item(self.pk, self.kind, tuple(o["key"] for o in self.options), frozenset(self.right), self.points)
