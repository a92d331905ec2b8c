"""The form by which pictures are uploaded, in single, in several and in a chooser."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Demands the alternative text: a picture is evidence, also for those who cannot see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            field = self.fields["description"]
            field.required = True
            field.label = _("图上是什么")
            field.help_text = _("给看不见图的人念的一句话，如：木塞正对漏点，锤柄与管壁垂直。不写“图片”“照片”。")
            field.error_messages["required"] = _("请用一句话写出图上是什么，看不见图的人要靠它。")
        if "title" in self.fields:
            self.fields["title"].help_text = _("方便以后找到这张图的名字，读者看不到。")
