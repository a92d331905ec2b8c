"""Rule sets: what differs from one organisation and year to the next is versioned data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class RuleSet(ClusterableModel):
    """A versioned set of type lists (and later clauses, thresholds) with effective dates."""

    code = models.CharField(_("代码"), max_length=40)
    version = models.PositiveIntegerField(_("版本"), default=1)
    name = models.CharField(_("名称"), max_length=120)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    min_members = models.PositiveSmallIntegerField(_("成员最少人数"), default=3)
    min_honour = models.CharField(
        _("领衔人荣誉最低级别"),
        max_length=10,
        default="city",
        choices=[
            ("other", _("不限")),
            ("company", _("公司级")),
            ("city", _("市级")),
            ("province", _("省级")),
            ("national", _("全国")),
        ],
    )
    effective_from_date = models.DateField(_("生效"))
    effective_to_date = models.DateField(_("失效"), null=True, blank=True)

    class Meta:
        verbose_name = _("规则集")
        verbose_name_plural = _("规则集")
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="studios_ruleset_version_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class StudioType(Orderable):
    """One value of a rule set's type list (技术创新型, 技能传授型, 科技创新 …)."""

    ruleset = ParentalKey(RuleSet, on_delete=models.CASCADE, related_name="types", verbose_name=_("规则集"))
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=60)

    class Meta:
        verbose_name = _("工作室类型")
        verbose_name_plural = _("工作室类型")
        ordering = ["ruleset", "sort_order", "code"]
        constraints = [models.UniqueConstraint(fields=["ruleset", "code"], name="studios_type_code_once_a_ruleset")]

    def __str__(self) -> str:
        return self.name
