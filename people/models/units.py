"""The organisation: units as a tree, trades, posts, and who was posted where and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node


class Unit(MP_Node):
    """A company, branch, workshop or team (公司、分厂、车间、班组)."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("公司")
        BRANCH = "branch", _("分厂")
        WORKSHOP = "workshop", _("车间")
        TEAM = "team", _("班组")

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("级别"), max_length=10, choices=Kind.choices)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")

    def __str__(self) -> str:
        return self.name


class Trade(models.Model):
    """A trade (工种)."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("工种")
        verbose_name_plural = _("工种")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (岗位), usually of one trade."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    trade = models.ForeignKey(
        Trade, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("工种")
    )

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """A person's place in a unit from one day to another; history is never overwritten."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings", verbose_name=_("人员")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name=_("单位"))
    trade = models.ForeignKey(Trade, models.PROTECT, null=True, blank=True, verbose_name=_("工种"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, verbose_name=_("岗位"))
    from_date = models.DateField(_("自"))
    to_date = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="people_posting_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_date__isnull=True), name="people_posting_one_open_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"
