"""Rows of the editors' dictionary, its version, and every change of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Trade
from search.dictionary.rules import parted, plain


class TermKind(models.TextChoices):
    """What a row says: a word to cut by, words that mean the same, a short form."""

    WORD = "word", _("词语")
    SYNONYMS = "synonyms", _("同义词组")
    ABBREVIATION = "abbreviation", _("简称")


class TermState(models.TextChoices):
    """Only what an editor approved is used."""

    PROPOSED = "proposed", _("待编辑确认")
    APPROVED = "approved", _("在用")
    REFUSED = "refused", _("不采用")


class TermSource(models.TextChoices):
    """Where a row came from."""

    HAND = "hand", _("手工填写")
    IMPORT = "import", _("表格导入")
    TITLES = "titles", _("从标题建议")
    SEARCHES = "searches", _("从没搜到的词建议")


class Term(models.Model):
    """A word, a group of words that mean the same, or a short form with its full form.

    `meaning` holds the further words of a group, with 、 between them, or the full form of a short one.
    """

    kind = models.CharField(_("类别"), max_length=12, choices=TermKind.choices, default=TermKind.WORD)
    text = models.CharField(_("词"), max_length=60, help_text=_("简体、繁体、大小写都可以，检索时会统一。"))
    normal = models.CharField(max_length=120, editable=False)
    meaning = models.CharField(
        _("同义词或全称"),
        max_length=400,
        blank=True,
        help_text=_("同义词组：其余的词，用顿号分开，如“行车、桥式起重机”。简称：它的全称。词语：不用填。"),
    )
    trade = models.ForeignKey(
        Trade,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("工种"),
        help_text=_("哪个工种这样说；对所有读者都有效，结果里会注明。空着表示通用。"),
    )
    state = models.CharField(_("状态"), max_length=10, choices=TermState.choices, default=TermState.PROPOSED)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=10, choices=TermSource.choices, default=TermSource.HAND)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("提出人")
    )
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("词条")
        verbose_name_plural = _("检索词典")
        ordering = ["-updated_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "normal"], name="search_term_once_a_kind")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        """Keeps the normal form with the text."""
        self.tidy()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def tidy(self) -> None:
        """Blanks joined, the words of a group with 、 between them, the normal form renewed."""
        self.text = " ".join(self.text.split())
        self.meaning = "、".join(parted(self.meaning))
        self.normal = plain(self.text)


class DictionaryVersion(models.Model):
    """One row (pk 1), written in the transaction of every change; its lock puts the changes in order.

    `number` counts them. `stamp` is drawn at random each time: processes compare it, for a number would come again
    after a restored backup.
    """

    number = models.PositiveIntegerField(_("版本"), default=0)
    stamp = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("词典版本")
        verbose_name_plural = _("词典版本")

    def __str__(self) -> str:
        return str(self.number)


class TermChange(models.Model):
    """A change of the dictionary: what a row said before and after, and which texts are cut differently since.

    `touched_at` null: the pieces that contain `texts` are still to be sent again.
    """

    version = models.PositiveIntegerField(_("版本"))
    term_id = models.BigIntegerField()
    label = models.CharField(_("词"), max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    texts = models.JSONField(default=list)
    touched_at = models.DateTimeField(_("受影响的内容已重排"), null=True, blank=True)
    touched = models.PositiveIntegerField(_("受影响的篇数"), default=0)
    undone = models.BooleanField(_("已撤销"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("操作人")
    )
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("词典变更")
        verbose_name_plural = _("词典变更")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["touched_at"], condition=Q(touched_at__isnull=True), name="search_term_untouched")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.label}"
