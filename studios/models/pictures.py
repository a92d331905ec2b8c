"""Pictures: evidence, so each says in words what it shows."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to
from wagtail.models import Page

from studios.picture_files import PictureField


class Picture(AbstractImage):
    """The site's image model; `description` (alternative text) is demanded by the forms."""

    file = PictureField(_("文件"), upload_to=get_upload_to, width_field="width", height_field="height")

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        permissions = [("choose_picture", "Can choose picture")]

    @property
    def default_alt_text(self) -> str:
        return self.description or self.title


class PictureRendition(AbstractRendition):
    """A resized copy of a picture."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="studios_picture_rendition_once"
            )
        ]
        # It is asked for by its name.
        indexes = [models.Index(fields=["file"], name="studios_rendition_file")]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"

    @property
    def url(self) -> str:
        """Our own address whatever the storage: only there it is asked who may see it."""
        return reverse("studios:picture", args=[self.file.name])


class PictureUse(models.Model):
    """A page shows a picture: whoever may see the page may see it. `source` says what of the page does."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    source = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("图片用处")
        verbose_name_plural = _("图片用处")
        constraints = [
            models.UniqueConstraint(fields=["picture", "page", "source"], name="studios_picture_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} @ {self.page_id}"
