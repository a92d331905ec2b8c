"""Cases: what happened, why, what was done, what is learned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kb.pages.base import KnowledgePage
from kb.pages.blocks import PictureBlock, ValueBlock, value_range
from kb.pages.words import joined
from search.registry import Passage


class CasePage(KnowledgePage):
    """A typical case or an accident case (S7)."""

    class Kind(models.TextChoices):
        TYPICAL = "typical", _("典型案例")
        ACCIDENT = "accident", _("事故案例")

    search_kind = "case"
    list_name = "cases"
    template = "kb/page.html"

    kind = models.CharField(_("哪一类"), max_length=8, choices=Kind.choices, default=Kind.TYPICAL)
    summary = models.TextField(_("一句话摘要"), blank=True)
    happened_date = models.DateField(_("发生日期"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    losses = models.CharField(_("损失与后果"), max_length=300, blank=True, help_text=_("伤害、停产、货损，写数字。"))
    what_happened = models.TextField(_("经过"), help_text=_("按时间先后写，不写人的真名。"))
    cause = models.TextField(_("原因"), blank=True)
    handling = models.TextField(_("处理"), blank=True)
    lesson = models.TextField(_("教训与做法"), blank=True)
    values = StreamField([("value", ValueBlock())], blank=True, verbose_name=_("有关数值"))
    pictures = StreamField([("picture", PictureBlock())], blank=True, verbose_name=_("图片"))

    content_panels = [
        *KnowledgePage.first_panels,
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("happened_date"), FieldPanel("place")]),
        FieldPanel("losses"),
        MultiFieldPanel(
            [FieldPanel("what_happened"), FieldPanel("cause"), FieldPanel("handling"), FieldPanel("lesson")],
            heading=_("案例"),
        ),
        FieldPanel("values"),
        FieldPanel("pictures"),
        *KnowledgePage.about_panels,
        *KnowledgePage.release_panels,
    ]

    class Meta:
        verbose_name = _("案例")
        verbose_name_plural = pgettext_lazy("many", "案例")

    @property
    def lead(self) -> str:
        return self.summary or self.what_happened[:120]

    @property
    def is_accident(self) -> bool:
        """True for an accident case."""
        return self.kind == self.Kind.ACCIDENT

    @property
    def told(self) -> list[dict[str, Any]]:
        """What is told, part by part: anchor, heading and text of those that are written."""
        parts = ("what_happened", "cause", "handling", "lesson")
        return [
            {"anchor": f"section-{name}", "label": self._label(name), "text": getattr(self, name)}
            for name in parts
            if getattr(self, name).strip()
        ]

    def _label(self, name: str) -> str:
        field: Any = self._meta.get_field(name)
        return str(field.verbose_name)

    def contents(self) -> list[dict[str, Any]]:
        return [{"anchor": part["anchor"], "label": part["label"]} for part in self.told]

    def places(self) -> Iterator[Passage]:
        yield Passage("", gettext("概要"), joined([self.summary, self.place, self.losses, self.author_names]))
        for name in ("what_happened", "cause", "handling", "lesson"):
            yield Passage(f"section:{name}", self._label(name), getattr(self, name))
        values = joined(f"{block.value['name']} {value_range(block.value)}" for block in self.values)
        captions = joined(block.value["caption"] for block in self.pictures)
        yield Passage("section:values", gettext("数值与图片"), joined([values, captions]))
