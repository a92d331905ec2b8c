"""Who may see what: an audience is an AND of any-of token sets, stored once in canonical form."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Audience(models.Model):
    """`clauses`: list of sorted token lists; every list must share a token with the reader."""

    clauses = models.JSONField(_("条件"))
    digest = models.CharField(max_length=64, unique=True, editable=False)

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


class AudienceFieldMixin(models.Model):
    """Adds a thing's own any-of clause; empty means everybody."""

    own_audience = models.JSONField(_("谁可以看"), default=list, blank=True)

    class Meta:
        abstract = True

    def own_clauses(self) -> list[list[str]]:
        """The clauses that the thing sets for itself, not counting what stands above it."""
        return [list(self.own_audience)] if self.own_audience else []
