"""Rows that keep an index true: what should be in it, and what was sent to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from search.dictionary.models import DictionaryVersion, Term, TermChange
from search.insight.models import AskedCount, OpenedCount, Pin

__all__ = [
    "AskedCount",
    "DictionaryVersion",
    "IndexState",
    "OpenedCount",
    "Pin",
    "SearchAudit",
    "SearchIndex",
    "SearchObject",
    "SearchSent",
    "Term",
    "TermChange",
]


class SearchObject(models.Model):
    """One indexable thing, kept as a tombstone when it is gone.

    A change is `wanted_version + 1` in the transaction of the change. `due_at` says when the drain should look at
    it again: now after a change, later after a failure, never (null) once every index has the wanted version.
    """

    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("键"), max_length=64)
    wanted_version = models.BigIntegerField(_("应有版本"), default=0)
    deleted = models.BooleanField(_("不在索引中"), default=False)
    due_at = models.DateTimeField(_("下次处理"), null=True, blank=True)
    changed_at = models.DateTimeField(_("更改时间"))

    class Meta:
        verbose_name = _("检索对象")
        verbose_name_plural = _("检索对象")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_object_once_a_key")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="search_object_due"),
            # What somebody changed and nobody sent: both instants are written by one statement.
            models.Index(fields=["due_at"], condition=Q(due_at=F("changed_at")), name="search_object_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class IndexState(models.TextChoices):
    """Life of an index: built beside the one that is read, read, and done with."""

    BUILDING = "building", _("正在建立")
    LIVE = "live", _("使用中")
    OLD = "old", _("已替换")


class SearchIndex(models.Model):
    """An index of an engine. Both the live one and the one being built are kept current."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    engine = models.CharField(_("引擎"), max_length=20)
    state = models.CharField(_("状态"), max_length=8, choices=IndexState.choices, default=IndexState.BUILDING)
    analysis_version = models.CharField(_("分词版本"), max_length=64)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    live_at = models.DateTimeField(_("启用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("索引")
        verbose_name_plural = _("索引")
        constraints = [
            models.UniqueConstraint(
                fields=["engine"], condition=Q(state="live"), name="search_index_one_live_an_engine"
            ),
            models.UniqueConstraint(
                fields=["engine"], condition=Q(state="building"), name="search_index_one_building_an_engine"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchSent(models.Model):
    """What an index was last sent of an object, and why it was not."""

    object = models.ForeignKey(SearchObject, models.CASCADE, related_name="sent", verbose_name=_("检索对象"))
    index = models.ForeignKey(SearchIndex, models.CASCADE, related_name="sent", verbose_name=_("索引"))
    version = models.BigIntegerField(_("已送版本"), default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    passages = models.PositiveIntegerField(_("段落数"), default=0)
    attempts = models.PositiveIntegerField(_("失败次数"), default=0)
    error = models.TextField(_("原因"), blank=True)
    next_try = models.DateTimeField(_("下次重试"), null=True, blank=True)

    class Meta:
        verbose_name = _("已送出的版本")
        verbose_name_plural = _("已送出的版本")
        constraints = [models.UniqueConstraint(fields=["object", "index"], name="search_sent_once_an_index")]
        indexes = [models.Index(fields=["index"], condition=Q(attempts__gt=0), name="search_sent_failed")]

    def __str__(self) -> str:
        return f"{self.object_id} @ {self.index_id} = {self.version}"


class SearchAudit(models.Model):
    """A run of the audit that somebody asked for: what differed, and what was left after mending."""

    asked_at = models.DateTimeField(_("发起时间"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("发起人")
    )
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    checked = models.PositiveIntegerField(_("核对"), default=0)
    found = models.PositiveIntegerField(_("有差别"), default=0)
    left = models.PositiveIntegerField(_("修复后仍有差别"), default=0)
    error = models.TextField(_("没有完成的原因"), blank=True)

    class Meta:
        verbose_name = _("索引核对")
        verbose_name_plural = _("索引核对")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


# What other modules of this app keep; Django looks for all models of an app here.
from search.suggest.models import (  # noqa: E402
    SuggestionBacklog,
    SuggestionClaim,
    SuggestionEntry,
    SuggestionKey,
    SuggestionOwner,
    VocabularyCensus,
    VocabularyWord,
)

__all__ = [
    "IndexState",
    "SearchAudit",
    "SearchIndex",
    "SearchObject",
    "SearchSent",
    "SuggestionBacklog",
    "SuggestionClaim",
    "SuggestionEntry",
    "SuggestionKey",
    "SuggestionOwner",
    "VocabularyCensus",
    "VocabularyWord",
]
