"""The document model: a file with an audience of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from people.models import AudienceFieldMixin


class File(AudienceFieldMixin, AbstractDocument):
    """The site's document model: a file with an audience of its own."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        permissions = [("choose_file", "Can choose file")]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """In one transaction with the search change that belongs to it."""
        super().save(*args, **kwargs)
