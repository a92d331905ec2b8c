"""Rule sets: what differs from one organisation and year to the next is versioned data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleSet(models.Model):
    """A versioned set of type lists (and later clauses, thresholds) with effective dates."""

    code = models.CharField(_("代码"), max_length=40)
    version = models.PositiveIntegerField(_("版本"), default=1)
    name = models.CharField(_("名称"), max_length=120)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    effective_from_date = models.DateField(_("生效"))
    effective_to_date = models.DateField(_("失效"), null=True, blank=True)

    class Meta:
        verbose_name = _("规则集")
        verbose_name_plural = _("规则集")
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="studios_ruleset_version_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class StudioType(models.Model):
    """One value of a rule set's type list (技术创新型, 技能传授型, 科技创新 …)."""

    ruleset = models.ForeignKey(RuleSet, models.PROTECT, related_name="types", verbose_name=_("规则集"))
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=60)
    sort_order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("工作室类型")
        verbose_name_plural = _("工作室类型")
        ordering = ["ruleset", "sort_order", "code"]
        constraints = [models.UniqueConstraint(fields=["ruleset", "code"], name="studios_type_code_once_a_ruleset")]

    def __str__(self) -> str:
        return self.name
