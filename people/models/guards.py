"""Failed sign-ins, counted by account and by address, in rows that all processes share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInGuard(models.Model):
    """Failures of one account or one address since `since_at`; shut until `shut_until` once there were too many."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("账号")
        ADDRESS = "address", _("地址")
        CODE = "code", _("一次性密码")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    key = models.CharField(_("账号或地址"), max_length=150)
    failures = models.PositiveIntegerField(_("失败次数"), default=0)
    since_at = models.DateTimeField(_("自"))
    shut_until = models.DateTimeField(_("锁定至"), null=True, blank=True)

    class Meta:
        verbose_name = _("登录锁定")
        verbose_name_plural = _("登录锁定")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="people_guard_one_a_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
