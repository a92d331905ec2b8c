"""A workbook that was uploaded for import: tried first, then imported once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportDraft(models.Model):
    """The file waits here, for every process to find, until it is imported or a day is over."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_drafts", verbose_name=_("上传人")
    )
    made_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    name = models.CharField(_("文件名"), max_length=200)
    content = models.BinaryField()
    applied_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    report = models.JSONField(_("结果"), default=dict)

    class Meta:
        verbose_name = _("人员导入")
        verbose_name_plural = _("人员导入")

    def __str__(self) -> str:
        return f"{self.name} · {self.made_at:%Y-%m-%d}"
