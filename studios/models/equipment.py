"""Equipment: what methods are done on and studios own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Trade


class Equipment(models.Model):
    """A kind of equipment (设备), with its model code."""

    name = models.CharField(_("名称"), max_length=120)
    model_code = models.CharField(_("型号"), max_length=80, blank=True)
    trade = models.ForeignKey(Trade, models.SET_NULL, null=True, blank=True, verbose_name=_("工种"))

    class Meta:
        verbose_name = _("设备")
        verbose_name_plural = _("设备")
        ordering = ["name", "model_code"]
        constraints = [models.UniqueConstraint(fields=["name", "model_code"], name="studios_equipment_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.model_code}".strip()
