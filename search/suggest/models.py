"""Rows of suggestions: what may be offered while somebody types, whose it is, and the words that texts are made of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuggestionEntry(models.Model):
    """One thing that may be offered. `audience` is the id of a `people.Audience`, as in the index.

    Without `url` it is a word to search for (a person, a term). What several pieces give alike (their author's name)
    is one entry as long as one of them claims it. `opened`: 0 to 9, how often it was opened of late, which its keys'
    ranks contain (`search.suggest.openings`).
    """

    digest = models.CharField(max_length=40, unique=True)
    kind = models.CharField(_("种类"), max_length=20)
    label = models.CharField(_("名称"), max_length=255)
    url = models.CharField(_("地址"), max_length=500, blank=True)
    studio = models.BigIntegerField(_("工作室"), null=True)
    audience = models.BigIntegerField(_("可见范围"))
    opened = models.SmallIntegerField(_("打开得多"), default=0)

    class Meta:
        verbose_name = _("输入提示")
        verbose_name_plural = _("输入提示")

    def __str__(self) -> str:
        return self.label


class SuggestionKey(models.Model):
    """A spelling under which an entry is found by what is typed first: text, full pinyin or initials, from a word's start.

    Bytes, because both databases order and compare those alike and can walk an index over a beginning; text they
    collate each in its own way. `head` is the first byte: after one letter, the best are found in the order of `rank`.
    What begins with ~ is full pinyin as many speakers say it.
    """

    entry = models.ForeignKey(SuggestionEntry, models.CASCADE, related_name="keys", verbose_name=_("输入提示"))
    key = models.BinaryField(max_length=64)
    head = models.SmallIntegerField()
    rank = models.IntegerField()

    class Meta:
        verbose_name = _("提示的写法")
        verbose_name_plural = _("提示的写法")
        indexes = [
            models.Index(fields=["key", "rank"], name="search_suggestion_key"),
            models.Index(fields=["head", "rank"], name="search_suggestion_head"),
        ]

    def __str__(self) -> str:
        return bytes(self.key).decode("utf-8", "replace")


class SuggestionOwner(models.Model):
    """A thing whose suggestions are stored, with a digest of them: the same again costs nothing, and an audit compares."""

    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(_("键"), max_length=64)
    digest = models.CharField(max_length=40)
    entries = models.ManyToManyField(SuggestionEntry, through="SuggestionClaim", related_name="owners")

    class Meta:
        verbose_name = _("提示的来源")
        verbose_name_plural = _("提示的来源")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_suggestion_owner_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class SuggestionClaim(models.Model):
    """An owner has an entry."""

    owner = models.ForeignKey(SuggestionOwner, models.CASCADE, related_name="claims", verbose_name=_("提示的来源"))
    entry = models.ForeignKey(SuggestionEntry, models.CASCADE, related_name="claims", verbose_name=_("输入提示"))

    class Meta:
        verbose_name = _("来源的提示")
        verbose_name_plural = _("来源的提示")
        constraints = [models.UniqueConstraint(fields=["owner", "entry"], name="search_suggestion_claim_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.entry_id}"


class SuggestionBacklog(models.Model):
    """Suggestions of a part of a backlog, to be written (`search.suggest.backlog`).

    `waiting` is a list of [id of the object, version, list of the fields of `search.suggest.entries.Entry`].
    """

    waiting = models.JSONField()

    class Meta:
        verbose_name = _("待写入的输入提示")
        verbose_name_plural = _("待写入的输入提示")

    def __str__(self) -> str:
        return str(self.pk)


class VocabularyWord(models.Model):
    """A word that texts of one audience have, normalised, by which a misspelt query is mended.

    What texts have no more goes with the next nightly audit (`search.suggest.pruning`).

    `audience` as in the index: words of what one may not see neither mend nor keep from mending. No count stands here:
    a correction is offered only where asking it as the reader finds something. What everybody may read is not repeated
    for others. `sound` and `fuzzy` are empty for Latin words; `weight` says where it was met: 1 a text, 2 a title, 3 the
    dictionary.
    """

    word = models.CharField(max_length=24)
    audience = models.BigIntegerField()
    sound = models.CharField(max_length=40, blank=True, db_index=True)
    fuzzy = models.CharField(max_length=40, blank=True, db_index=True)
    weight = models.SmallIntegerField(default=1)

    class Meta:
        verbose_name = _("词汇")
        verbose_name_plural = _("词汇")
        constraints = [models.UniqueConstraint(fields=["word", "audience"], name="search_vocabulary_word_once")]

    def __str__(self) -> str:
        return self.word


class VocabularyCensus(models.Model):
    """Words were removed: one row, whose number changes each time, so that processes forget what they remember."""

    class Meta:
        verbose_name = _("词汇清理")
        verbose_name_plural = _("词汇清理")

    def __str__(self) -> str:
        return str(self.pk)
