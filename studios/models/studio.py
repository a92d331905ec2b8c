"""The studio's record: the row that survives its page and that everything refers to."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from people.models import Unit
from studios.models.equipment import Equipment
from studios.models.pictures import Picture
from studios.models.rulesets import StudioType


class StudioLevel(models.TextChoices):
    """Level of recognition (S1)."""

    BUILDING = "building", _("在建")
    GRASSROOTS = "grassroots", _("基层")
    COMPANY = "company", _("公司")
    CITY = "city", _("市级命名")
    PROVINCE = "province", _("省级")


class StudioState(models.TextChoices):
    """State of the record (S1)."""

    PREPARING = "preparing", _("筹建")
    BUILT = "built", _("已建")
    APPLYING = "applying", _("申报中")
    NAMED = "named", _("已命名")
    IN_REVIEW = "in_review", _("复审中")
    KEPT = "kept", _("保留")
    WITHDRAWN = "withdrawn", _("撤销称号")


class Studio(models.Model):
    """A model-worker innovation studio. Belongs to a unit; is no unit itself."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=120, unique=True)
    slug = models.SlugField(_("网址名"), max_length=80, unique=True, allow_unicode=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="studios", verbose_name=_("所属单位"))
    level = models.CharField(_("级别"), max_length=12, choices=StudioLevel.choices, default=StudioLevel.BUILDING)
    state = models.CharField(_("状态"), max_length=12, choices=StudioState.choices, default=StudioState.PREPARING)
    types = models.ManyToManyField(StudioType, blank=True, related_name="studios", verbose_name=_("类型"))
    aim = models.TextField(_("宗旨与范围"), blank=True)
    place = models.CharField(_("场所"), max_length=200, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    founded_date = models.DateField(_("成立日期"), null=True, blank=True)
    plaque = models.CharField(_("牌子"), max_length=200, blank=True)
    plaque_date = models.DateField(_("挂牌日期"), null=True, blank=True)
    plaque_photo = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("牌子照片")
    )
    work_rules = models.TextField(_("工作制度"), blank=True)
    activity_rules = models.TextField(_("活动制度"), blank=True)
    management_rules = models.TextField(_("管理办法"), blank=True)
    members_group = models.OneToOneField(Group, models.PROTECT, null=True, editable=False, related_name="+")
    heads_group = models.OneToOneField(Group, models.PROTECT, null=True, editable=False, related_name="+")
    collection = models.OneToOneField(Collection, models.PROTECT, null=True, editable=False, related_name="+")
    equipment = models.ManyToManyField(Equipment, through="StudioEquipment", blank=True, related_name="studios")

    class Meta:
        verbose_name = _("工作室")
        verbose_name_plural = _("工作室")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StudioHonour(models.Model):
    """A recognition given to the studio (金牌工人劳模创新工作室, 示范点 …)."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="honours", verbose_name=_("工作室"))
    name = models.CharField(_("荣誉"), max_length=120)
    given_by = models.CharField(_("授予单位"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)

    class Meta:
        verbose_name = _("工作室荣誉")
        verbose_name_plural = _("工作室荣誉")
        ordering = ["-year", "name"]

    def __str__(self) -> str:
        return self.name


class StudioEquipment(models.Model):
    """A line of the studio's equipment list (书籍、电脑、实验仪器、操作工具)."""

    class Kind(models.TextChoices):
        BOOK = "book", _("书籍")
        COMPUTER = "computer", _("电脑")
        INSTRUMENT = "instrument", _("实验仪器")
        TOOL = "tool", _("操作工具")
        OTHER = "other", _("其他")

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="equipment_lines", verbose_name=_("工作室"))
    equipment = models.ForeignKey(Equipment, models.PROTECT, verbose_name=_("设备"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.TOOL)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("设备清单")
        verbose_name_plural = _("设备清单")
        ordering = ["kind", "equipment__name"]

    def __str__(self) -> str:
        return f"{self.equipment} ×{self.quantity}"
