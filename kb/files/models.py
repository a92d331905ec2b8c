"""The document model: a file with an audience of its own."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from kb.files.rules import file_refusal, name_cleaned
from kb.files.storage import files_storage
from people.models import AudienceFieldMixin

REFUSALS = {
    "empty": _("这个文件是空的，请重新选择。"),
    "too_large": _("文件太大：视频不超过 500 MB，其他不超过 100 MB。请压缩后再传。"),
    "not_what_it_says": _("文件的内容和扩展名不符，可能改过名或已损坏。请用原来的软件另存后再传。"),
    "macros": _("文件里有宏程序，不能上传。请另存为不带宏的格式。"),
    "bomb": _("这个文件解开后大得不正常，不能上传。"),
}


def files_path(_document: Any, filename: str) -> str:
    """`<random>/<cleaned name>`: two files of one name never meet, and none can be guessed."""
    return f"{secrets.token_hex(8)}/{name_cleaned(filename)}"


class File(AudienceFieldMixin, AbstractDocument):
    """The site's document model. Its audience is its collection's AND its own, never that of a page that links it."""

    file = models.FileField(_("文件"), upload_to=files_path, max_length=200, storage=files_storage)

    admin_form_fields = ("title", "file", "collection", "tags", "own_audience")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        permissions = [("choose_file", "Can choose file")]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """In one transaction with the search change that belongs to it."""
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuses a new upload that is not what its name says, that is too large or made to hurt."""
        super().clean()
        if not self.file or self.file._committed:
            return
        code = file_refusal(self.file_extension, self.file.size, self.file.file)
        if code:
            raise ValidationError({"file": REFUSALS[code]}, code=code)
