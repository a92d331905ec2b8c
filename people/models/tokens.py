"""Personal tokens of the API, and how often each caller asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AccessToken(models.Model):
    """What a program of one person shows instead of his password. Only its digest is kept; it can only read.

    A row stays after its end, so that the log of what was done can be understood.
    """

    class Scope(models.TextChoices):
        READ = "read", _("只读")

    class Ended(models.TextChoices):
        BY_OWNER = "owner", _("本人撤销")
        BY_KEEPER = "keeper", _("管理人员撤销")
        PASSWORD = "password", _("改过密码")  # noqa: S105 - a reason, no password
        ACCOUNT = "account", _("账号停用")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens", verbose_name=_("人员")
    )
    name = models.CharField(_("名称"), max_length=60)
    prefix = models.CharField(_("开头"), max_length=20, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("范围"), max_length=10, choices=Scope.choices, default=Scope.READ)
    made_at = models.DateTimeField(_("生成时间"))
    expires_at = models.DateTimeField(_("有效至"))
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    ended_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    ended = models.CharField(_("撤销原因"), max_length=10, choices=Ended.choices, blank=True, default="")

    class Meta:
        verbose_name = _("访问令牌")
        verbose_name_plural = _("访问令牌")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="people_token_ends_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="people_token_that_is_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.prefix}…"


class ApiCount(models.Model):
    """Requests of one caller since `since_at`, in rows that every process shares."""

    class Kind(models.TextChoices):
        TOKEN = "token", _("令牌")  # noqa: S105 - a kind of caller
        PERSON = "person", _("人员")
        ADDRESS = "address", _("地址")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    key = models.CharField(_("调用者"), max_length=64)
    requests = models.PositiveIntegerField(_("次数"))
    since_at = models.DateTimeField(_("自"), db_index=True)

    class Meta:
        verbose_name = _("接口调用计数")
        verbose_name_plural = _("接口调用计数")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="people_api_count_one_a_caller")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
