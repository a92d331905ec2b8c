"""The blocks of a reading lesson; each section keeps its uuid, so links and hits stay right when it moves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link"]


class SectionBlock(blocks.StructBlock):
    """A heading with its text and, where it helps, a picture."""

    heading = blocks.CharBlock(label=_("小标题"), required=False, max_length=80)
    text = blocks.RichTextBlock(label=_("正文"), features=TEXT_FEATURES)
    picture = ImageChooserBlock(label=_("图片"), required=False)
    caption = blocks.CharBlock(label=_("图片说明"), required=False, max_length=120)

    class Meta:
        label = _("一节")
        icon = "pilcrow"


class KeyPointBlock(blocks.StructBlock):
    """What must be remembered (要领), or what must never be done (安全)."""

    kind = blocks.ChoiceBlock(label=_("类别"), choices=[("key", _("要领")), ("safety", _("安全"))], default="key")
    text = blocks.TextBlock(label=_("内容"), max_length=400)

    class Meta:
        label = _("要领或安全提示")
        icon = "warning"


class ReadingBlock(blocks.StreamBlock):
    """The body of a reading lesson."""

    section = SectionBlock()
    point = KeyPointBlock()
    file = DocumentChooserBlock(label=_("文件"), icon="doc-full")

    class Meta:
        required = True


def block_text(block: Any) -> tuple[str, str]:
    """Heading and plain text of a bound block of a reading lesson."""
    from wagtail.rich_text import get_text_for_indexing

    if block.block_type == "section":
        return block.value["heading"], get_text_for_indexing(block.value["text"].source)
    if block.block_type == "point":
        return "", block.value["text"]
    return "", block.value.title if block.value else ""
