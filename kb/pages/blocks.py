"""Blocks of knowledge pages. A block's id is the anchor of the place in links, search hits and learning records."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from kb.pages.words import plain_number

# The four kinds of safety signs (GB 2894-2008, 安全标志及其使用导则).
HAZARD_KINDS = [
    ("prohibition", _("禁止")),
    ("warning", _("警告")),
    ("mandatory", _("必须")),
    ("information", _("提示")),
]

RICH_TEXT = ["h3", "h4", "bold", "ul", "ol", "link", "document-link", "image"]


class HazardBlock(blocks.StructBlock):
    """A hazard or safety demand with the kind of its sign."""

    kind = blocks.ChoiceBlock(choices=HAZARD_KINDS, default="warning", label=_("标志"))
    text = blocks.CharBlock(max_length=300, label=_("内容"), help_text=_("一条写一件事，如：禁止用钢锤敲击带料管道。"))

    class Meta:
        icon = "warning"
        label = _("安全")
        label_format = "{text}"


class CheckedValue(blocks.StructValue):
    """A value to check with its figures as people write them."""

    @property
    def shown(self) -> dict[str, str | None]:
        """Figures by the names that the component takes."""
        figures = {"low": self.get("minimum"), "high": self.get("maximum"), "target": self.get("target")}
        return {name: None if value is None else plain_number(value) for name, value in figures.items()}


class ValueBlock(blocks.StructBlock):
    """A value to check: what is measured, its unit, the limits and the aim."""

    name = blocks.CharBlock(max_length=60, label=_("检查什么"))
    unit = blocks.CharBlock(max_length=20, required=False, label=_("单位"))
    minimum = blocks.DecimalBlock(required=False, label=_("下限"))
    maximum = blocks.DecimalBlock(required=False, label=_("上限"))
    target = blocks.DecimalBlock(required=False, label=_("目标"))

    class Meta:
        icon = "cog"
        value_class = CheckedValue
        label = _("要检查的数值")
        label_format = "{name} {minimum}～{maximum} {unit}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        low, high, aim = cleaned["minimum"], cleaned["maximum"], cleaned["target"]
        errors = {}
        if low is not None and high is not None and low > high:
            errors["maximum"] = ValidationError(_("上限要不小于下限。"))
        if aim is not None and ((low is not None and aim < low) or (high is not None and aim > high)):
            errors["target"] = ValidationError(_("目标要在下限和上限之间。"))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class PictureBlock(blocks.StructBlock):
    """A picture with the sentence that belongs below it."""

    picture = ImageChooserBlock(required=False, label=_("图片"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("图下的话"))

    class Meta:
        icon = "image"
        label = _("图片")


class Step(blocks.StructValue):
    """A step with its parts as the step component takes them."""

    @property
    def hazards(self) -> list[dict[str, str]]:
        """Safety demands: kind of sign and sentence."""
        return [{"kind": item["kind"], "text": item["text"]} for item in self.get("safety") or []]

    @property
    def checks(self) -> list[dict[str, str | None]]:
        """Values to check with unit and limits."""
        return [{"name": item["name"], "unit": item["unit"] or "", **item.shown} for item in self.get("values") or []]

    @property
    def right_figure(self) -> blocks.StructValue | None:
        """The picture of how it should look, where there is one."""
        return self._figure("right")

    @property
    def wrong_figure(self) -> blocks.StructValue | None:
        """The picture of how it must not look, where there is one."""
        return self._figure("wrong")

    def _figure(self, side: str) -> blocks.StructValue | None:
        figure = self.get(side)
        return figure if figure and figure.get("picture") else None


class StepBlock(blocks.StructBlock):
    """One step of an operating method."""

    title = blocks.CharBlock(max_length=60, label=_("这一步叫什么"), help_text=_("几个字，如：量孔选塞。"))
    action = blocks.TextBlock(label=_("做什么"), rows=3, help_text=_("照着就能做：动作、部位、次序。"))
    key_point = blocks.TextBlock(required=False, label=_("要领"), rows=2, help_text=_("做好这一步的窍门。"))
    reason = blocks.TextBlock(required=False, label=_("为什么"), rows=2)
    safety = blocks.ListBlock(HazardBlock(), default=[], label=_("安全"))
    right = PictureBlock(required=False, label=_("✓ 正确的样子"))
    wrong = PictureBlock(required=False, label=_("✗ 错误的样子"))
    values = blocks.ListBlock(ValueBlock(), default=[], label=_("要检查的数值"))

    class Meta:
        icon = "order"
        value_class = Step
        label = _("步骤")
        label_format = "{title}"


class SectionBlock(blocks.StructBlock):
    """A section of a textbook."""

    heading = blocks.CharBlock(max_length=120, label=_("标题"))
    body = blocks.RichTextBlock(features=RICH_TEXT, label=_("正文"))
    pictures = blocks.ListBlock(PictureBlock(), default=[], label=_("插图"))

    class Meta:
        icon = "openquote"
        label = _("章节")
        label_format = "{heading}"


class HonourBlock(blocks.StructBlock):
    """A recognition of the method: prize, level, year, who gave it."""

    title = blocks.CharBlock(max_length=120, label=_("获得的认可"))
    body = blocks.CharBlock(required=False, max_length=120, label=_("授予单位"))
    level = blocks.ChoiceBlock(
        required=False,
        label=_("级别"),
        choices=[
            ("national", _("全国")),
            ("province", _("省级")),
            ("city", _("市级")),
            ("company", _("公司级")),
            ("workshop", _("车间级")),
        ],
    )
    year = blocks.IntegerBlock(required=False, min_value=1949, max_value=2200, label=_("年份"))

    class Meta:
        icon = "pick"
        label = _("荣誉与认可")
        label_format = "{title} {year}"


class AppliedBlock(blocks.StructBlock):
    """A place where the method is used."""

    where = blocks.CharBlock(max_length=200, label=_("用在哪里"))
    since_date = blocks.DateBlock(required=False, label=_("从何时起"))
    by = blocks.CharBlock(required=False, max_length=120, label=_("谁在用"))

    class Meta:
        icon = "site"
        label = _("推广应用")
        label_format = "{where}"


class FileBlock(blocks.StructBlock):
    """A file to open or take away."""

    file = DocumentChooserBlock(label=_("文件"))
    note = blocks.CharBlock(required=False, max_length=200, label=_("说明"))

    class Meta:
        icon = "doc-full"
        label = _("文件")


class VideoBlock(blocks.StructBlock):
    """A video with its subtitles."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("标题"))
    video = DocumentChooserBlock(label=_("视频文件（mp4）"))
    subtitles = DocumentChooserBlock(required=False, label=_("字幕文件（vtt）"))
    poster = ImageChooserBlock(required=False, label=_("封面"))

    class Meta:
        icon = "media"
        label = _("视频")


class AttachmentsBlock(blocks.StreamBlock):
    """What hangs on a page: files and videos."""

    file = FileBlock()
    video = VideoBlock()


def value_range(value: Any) -> str:
    """The limits of a `ValueBlock` in words: `0～0.2 MPa`, `不大于 2 mm`, `不小于 5 ℃`, `8 N·m`."""
    low, high, unit = value.get("minimum"), value.get("maximum"), value.get("unit") or ""
    if low is not None and high is not None:
        text = f"{plain_number(low)}～{plain_number(high)}"
    elif high is not None:
        text = f"≤ {plain_number(high)}"
    elif low is not None:
        text = f"≥ {plain_number(low)}"
    else:
        text = plain_number(value["target"]) if value.get("target") is not None else ""
    return f"{text} {unit}".strip()


def step_text(step: Any) -> str:
    """A step's words, a line each, as they are searched and compared."""
    return "\n".join(filter(None, _step_lines(step)))


def _step_lines(step: Any) -> Iterator[str]:
    yield from (step.get("title"), step.get("action"), step.get("key_point"), step.get("reason"))
    yield from (item.get("text") for item in step.get("safety") or [])
    for value in step.get("values") or []:
        yield f"{value.get('name') or ''} {value_range(value)}".strip()
    for side in ("right", "wrong"):
        yield (step.get(side) or {}).get("caption")


def rich_text_plain(value: Any) -> str:
    """Rich text without its markup, a line a paragraph."""
    source = getattr(value, "source", value) or ""
    for tag in ("</p>", "</li>", "</h3>", "</h4>", "<br/>"):
        source = source.replace(tag, f"{tag}\n")
    return html.unescape(strip_tags(source)).strip()
