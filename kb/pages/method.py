"""Operating methods (操作法): work instructions in steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kb.pages.base import KnowledgePage
from kb.pages.blocks import AppliedBlock, HazardBlock, HonourBlock, StepBlock, step_text
from kb.pages.words import joined, lines
from search.registry import Passage


class OperatingMethodPage(KnowledgePage):
    """先进操作法: who invented it, what it gives, what it needs, its hazards and its steps (S7)."""

    search_kind = "method"
    list_name = "methods"
    template = "kb/page.html"

    effect = models.TextField(
        _("一句话效果"), help_text=_("带数字的一句话，如：用它封住低压圆孔，平均 11 分钟止漏，比换管少停车 6 小时。")
    )
    applicability = models.TextField(_("适用范围"), blank=True, help_text=_("什么条件下用，什么条件下不能用。"))
    tools = models.TextField(_("工具和材料"), blank=True, help_text=_("每行一件。"))
    protective_gear = models.TextField(_("劳动防护用品"), blank=True, help_text=_("每行一件。"))
    hazards = StreamField(
        [("hazard", HazardBlock())], blank=True, verbose_name=_("危险与要求"), help_text=_("做之前就要知道的。")
    )
    steps = StreamField([("step", StepBlock())], verbose_name=_("步骤"))
    proof = models.TextField(_("效果证明"), blank=True, help_text=_("用了多少次、对比数据、谁验证过。"))
    honours = StreamField([("honour", HonourBlock())], blank=True, verbose_name=_("荣誉与认可"))
    applied = StreamField([("place", AppliedBlock())], blank=True, verbose_name=_("推广应用"))

    content_panels = [
        *KnowledgePage.first_panels,
        *Page.content_panels,
        FieldPanel("effect"),
        FieldPanel("applicability"),
        MultiFieldPanel([FieldPanel("tools"), FieldPanel("protective_gear")], heading=_("要准备什么")),
        FieldPanel("hazards"),
        FieldPanel("steps"),
        FieldPanel("proof"),
        FieldPanel("honours"),
        FieldPanel("applied"),
        *KnowledgePage.about_panels,
        *KnowledgePage.release_panels,
    ]

    class Meta:
        verbose_name = _("操作法")
        verbose_name_plural = pgettext_lazy("many", "操作法")

    @property
    def lead(self) -> str:
        return self.effect

    @property
    def tool_list(self) -> list[str]:
        """Tools and materials, one an item."""
        return lines(self.tools)

    @property
    def gear_list(self) -> list[str]:
        """Protective gear, one an item."""
        return lines(self.protective_gear)

    def contents(self) -> list[dict[str, Any]]:
        parts = [("section-needs", _("适用范围与准备")), ("section-hazards", _("危险与要求"))]
        after = [("section-proof", _("效果证明"), self.proof), ("section-applied", _("推广应用"), self.applied)]
        steps = [
            {"anchor": f"step-{block.id}", "label": block.value["title"], "number": number, "lang": self.script}
            for number, block in enumerate(self.steps, start=1)
        ]
        return [
            *(
                {"anchor": anchor, "label": label}
                for anchor, label in parts
                if anchor != "section-hazards" or self.hazards
            ),
            *steps,
            *({"anchor": anchor, "label": label} for anchor, label, there in after if there),
        ]

    def places(self) -> Iterator[Passage]:
        honours = [f"{block.value['title']} {block.value['body'] or ''}".strip() for block in self.honours]
        yield Passage("", gettext("概要"), joined([self.effect, self.author_names, *honours]))
        needs = joined([self.applicability, *self.tool_list, *self.gear_list])
        yield Passage("section:needs", gettext("适用范围与准备"), needs)
        hazards = joined(block.value["text"] for block in self.hazards)
        yield Passage("section:hazards", gettext("危险与要求"), hazards)
        for number, block in enumerate(self.steps, start=1):
            label = gettext("第%(number)s步") % {"number": number}
            yield Passage(f"step:{block.id}", f"{label} {block.value['title'] or ''}".strip(), step_text(block.value))
        yield Passage("section:proof", gettext("效果证明"), self.proof)
        applied = joined(_applied_line(block.value) for block in self.applied)
        yield Passage("section:applied", gettext("推广应用"), applied)


def _applied_line(value: Any) -> str:
    return " ".join(filter(None, [value["where"], value["by"]]))
