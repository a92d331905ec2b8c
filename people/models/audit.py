"""The audit log: who did what to what, append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.actions import action_in_words


class AuditEntry(models.Model):
    """One act. `action` is `<entity>.<verb>`, `target` is `<app>.<Model>:<pk>`, `data` explains it."""

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人")
    )
    action = models.CharField(_("动作"), max_length=60)
    target = models.CharField(_("对象"), max_length=120, db_index=True)
    data = models.JSONField(_("内容"), default=dict)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.target}"

    @property
    def in_words(self) -> str:
        """What was done, in the reader's language."""
        return action_in_words(self.action)
