"""Leaders and members of a studio, with dates: history is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studios.models.pictures import Picture
from studios.models.studio import Studio


class Leader(models.Model):
    """A model worker who leads the studio (领衔人), with the honour that qualifies."""

    class HonourLevel(models.TextChoices):
        NATIONAL = "national", _("全国")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COMPANY = "company", _("公司级")
        OTHER = "other", _("其他")

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="leaders", verbose_name=_("工作室"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leads", verbose_name=_("领衔人"))
    honour = models.CharField(_("荣誉称号"), max_length=120, blank=True)
    honour_level = models.CharField(_("荣誉级别"), max_length=10, choices=HonourLevel.choices, blank=True)
    honour_year = models.PositiveSmallIntegerField(_("授予年份"), null=True, blank=True)
    specialty = models.CharField(_("专长"), max_length=200, blank=True)
    words = models.TextField(_("师傅的话"), blank=True)
    photo = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("照片"))
    from_date = models.DateField(_("自"))
    to_date = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("领衔人")
        verbose_name_plural = _("领衔人")
        ordering = ["from_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="studios_leader_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["studio", "person"],
                condition=Q(to_date__isnull=True),
                name="studios_leader_open_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.studio}"


class MembershipRole(models.TextChoices):
    """What a person is in the studio."""

    HEAD = "head", _("负责人")
    MASTER = "master", _("师傅")
    MEMBER = "member", _("成员")


class Membership(models.Model):
    """A person's membership from one day to another (S1): role, post, skill level, education, age band."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="memberships", verbose_name=_("工作室"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("人员")
    )
    role = models.CharField(_("角色"), max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    post = models.CharField(_("岗位"), max_length=80, blank=True)
    skill_level = models.CharField(_("技能等级"), max_length=40, blank=True)
    education = models.CharField(_("学历"), max_length=40, blank=True)
    age_band = models.CharField(_("年龄段"), max_length=20, blank=True)
    deputy_from_date = models.DateField(_("代理审核自"), null=True, blank=True)
    deputy_to_date = models.DateField(_("代理审核至"), null=True, blank=True)
    from_date = models.DateField(_("加入日期"))
    to_date = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        ordering = ["from_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="studios_membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(deputy_from_date__isnull=True, deputy_to_date__isnull=True)
                | Q(deputy_to_date__gte=F("deputy_from_date")),
                name="studios_deputy_has_both_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["studio", "person"],
                condition=Q(to_date__isnull=True),
                name="studios_membership_open_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"
