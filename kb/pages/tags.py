"""Tags: short words by which knowledge is gathered across trades and studios."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tag(models.Model):
    """A word such as 堵漏 or 应急."""

    name = models.CharField(_("标签"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = _("标签")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
