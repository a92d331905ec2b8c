"""Who may see what: an audience is an AND of any-of token sets, stored once in canonical form."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


def random_stamp() -> int:
    """A number below 2**31 that tells two states of a table apart; the sum of many still fits 64 bits."""
    return secrets.randbelow(2**31)


class Audience(models.Model):
    """`clauses`: list of sorted token lists; every list must share a token with the reader. Rows are never changed."""

    clauses = models.JSONField(_("条件"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    stamp = models.PositiveIntegerField(default=random_stamp, editable=False)

    class Meta:
        verbose_name = _("可见范围")
        verbose_name_plural = _("可见范围")

    def __str__(self) -> str:
        return f"#{self.pk}"


class PageAudience(models.Model):
    """The audience in force for a page; no row or no audience means nobody but those who read all."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="page_audience", primary_key=True)
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("页面可见范围")
        verbose_name_plural = _("页面可见范围")

    def __str__(self) -> str:
        return f"{self.page_id} → {self.audience_id}"


class AudienceField(models.JSONField):
    """A JSON list of tokens whose form field is the designed choice of who may see."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        # Imported here because forms read models.
        from people.audience.forms import AudienceFormField

        told = {"help_text": self.help_text} if self.help_text else {}
        return AudienceFormField(label=self.verbose_name, required=False, initial=kwargs.get("initial"), **told)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class AudienceFieldMixin(models.Model):
    """Adds a thing's own any-of clause; empty means everybody."""

    own_audience = AudienceField(_("谁可以看"), default=list, blank=True)

    class Meta:
        abstract = True

    def own_clauses(self) -> list[list[str]]:
        """The clauses that the thing sets for itself, not counting what stands above it."""
        return [list(self.own_audience)] if self.own_audience else []
