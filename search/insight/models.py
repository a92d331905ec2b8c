"""Counts of what was asked and opened, and pinned results. No row names a person, a session or an address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Trade

LONGEST_TEXT = 60


class AskedCount(models.Model):
    """How often a query was asked on a day. Rows of one day add up; the night makes one of them.

    `trade` is the askers' where that trade has so many people that it names nobody. `wanted`: how often readers handed
    it on because nothing was found; such a row counts no search.
    """

    date = models.DateField(_("日期"))
    text = models.CharField(_("搜索词"), max_length=LONGEST_TEXT)
    trade = models.ForeignKey(Trade, models.SET_NULL, null=True, related_name="+", verbose_name=_("工种"))
    count = models.PositiveIntegerField(_("次数"))
    none = models.PositiveIntegerField(_("没找到的次数"), default=0)
    total = models.PositiveIntegerField(_("找到篇数"), default=0)
    wanted = models.PositiveIntegerField(_("请师傅写的次数"), default=0)

    class Meta:
        verbose_name = _("搜索计数")
        verbose_name_plural = _("搜索计数")
        indexes = [models.Index(fields=["date", "text"], name="search_asked_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.text}: {self.count}"


class OpenedCount(models.Model):
    """How often a result was opened from a query's results on a day, at which rank."""

    date = models.DateField(_("日期"))
    text = models.CharField(_("搜索词"), max_length=LONGEST_TEXT)
    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("键"), max_length=64)
    studio = models.BigIntegerField(_("工作室"), null=True)
    rank = models.PositiveIntegerField(_("名次"))
    count = models.PositiveIntegerField(_("次数"))

    class Meta:
        verbose_name = _("打开计数")
        verbose_name_plural = _("打开计数")
        indexes = [models.Index(fields=["date", "kind", "key"], name="search_opened_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.text} → {self.kind}:{self.key}"


class Pin(models.Model):
    """A result that editors put first for a query, in whichever of its spellings it is asked."""

    text = models.CharField(_("搜索词"), max_length=LONGEST_TEXT)
    normal = models.CharField(max_length=LONGEST_TEXT * 2, editable=False)
    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("键"), max_length=64)
    title = models.CharField(_("标题"), max_length=255, editable=False)
    until_date = models.DateField(_("到哪天为止"), null=True, blank=True, help_text=_("空着表示一直有效。"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("设置人")
    )
    created_at = models.DateTimeField(_("设置时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("编辑推荐")
        verbose_name_plural = _("编辑推荐")
        ordering = ["normal", "pk"]
        constraints = [models.UniqueConstraint(fields=["normal", "kind", "key"], name="search_pin_once_a_query")]

    def __str__(self) -> str:
        return f"{self.text} → {self.title}"

    @property
    def over(self) -> bool:
        """Its last day is past."""
        return self.until_date is not None and self.until_date < timezone.localdate()
