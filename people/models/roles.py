"""Roles that HR or the administrator grants. Roles inside a studio are memberships of `studios`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.units import Unit
from people.roles.rules import SITE_ROLES


class Role(models.TextChoices):
    """What a person may be granted; `studio_head` and `master` are also derived from studio memberships."""

    TRAINEE = "trainee", _("学员")
    MASTER = "master", _("师傅")
    STUDIO_HEAD = "studio_head", _("工作室负责人")
    EDITOR = "editor", _("编辑")
    HR = "hr", _("人力资源")
    UNIT_UNION = "unit_union", _("基层工会")
    COMPANY_UNION = "company_union", _("公司工会")
    AUDITOR = "auditor", _("审计（只读全部）")
    ADMINISTRATOR = "administrator", _("管理员")


class RoleGrant(models.Model):
    """A role held from one day to another, over one unit and what is below it, or over the whole site."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("单位"))
    from_date = models.DateField(_("自"))
    to_date = models.DateField(_("至"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("授予人")
    )

    class Meta:
        verbose_name = _("角色授予")
        verbose_name_plural = _("角色授予")
        ordering = ["-from_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="people_grant_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | ~Q(role__in=sorted(SITE_ROLES)),
                name="people_grant_of_a_site_role_has_no_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"
