"""Releases: what readers saw, numbered and kept for good."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studios.models import Studio


class Release(models.Model):
    """A released state of a page or course. Append-only: the database refuses change and deletion.

    `content` is the page's serialised content without its place in the tree; `text` its words, a line a place.
    """

    class Significance(models.TextChoices):
        """Whether readers of an earlier release must look again."""

        MINOR = "minor", _("小改（改错字、补说明）")
        MAJOR = "major", _("大改（做法、数值或安全要求变了）")

    page_key = models.UUIDField(_("页面"), editable=False)
    number = models.PositiveIntegerField(_("版本"))
    page_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("类型"))
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="releases", verbose_name=_("工作室"))
    title = models.CharField(_("标题"), max_length=255)
    content = models.JSONField(_("内容"))
    sha256 = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("文字"), blank=True)
    significance = models.CharField(
        _("改动大小"), max_length=5, choices=Significance.choices, default=Significance.MINOR
    )
    change_note = models.TextField(_("改了什么"), blank=True)
    released_at = models.DateTimeField(_("发布时间"), default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("发布人")
    )
    is_own_text = models.BooleanField(_("发布的是自己的稿件"), default=False)

    class Meta:
        verbose_name = _("发布版本")
        verbose_name_plural = _("发布版本")
        ordering = ["page_key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "number"], name="kb_release_number_once_a_page"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="kb_release_numbers_start_at_one"),
        ]
        indexes = [models.Index(fields=["-released_at"], name="kb_release_newest")]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"
