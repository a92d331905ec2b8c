"""The bare nodes of the page tree: home, the index of studios, a studio's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from people.requests import PersonRequest
from search.pages import SearchablePageMixin
from search.registry import Passage
from studios.models.studio import Studio


class HomePage(Page):
    """The tree's root node; what the start page shows is composed by `portal`."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["studios.StudioIndexPage"]
    max_count = 1

    class Meta:
        verbose_name = _("首页节点")


class StudioIndexPage(Page):
    """The list of studios."""

    parent_page_types = ["studios.HomePage"]
    subpage_types = ["studios.StudioPage"]
    max_count = 1

    class Meta:
        verbose_name = _("工作室目录")

    def get_context(self, request: PersonRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from studios.presentation import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class StudioPage(SearchablePageMixin, Page):
    """A studio's public page; what it publishes are its children."""

    search_kind = "studio"

    studio = models.OneToOneField(Studio, models.PROTECT, related_name="page", verbose_name=_("工作室"))
    introduction = models.TextField(_("介绍"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["studios.StudioIndexPage"]

    class Meta:
        verbose_name = _("工作室页面")

    def get_context(self, request: PersonRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from studios.presentation import studio_context

        return {**super().get_context(request, *args, **kwargs), **studio_context(self, request)}

    def search_passages(self) -> Iterable[Passage]:
        yield Passage("", str(_("介绍")), f"{self.introduction}\n{self.studio.aim}".strip())
        for leader in self.studio.leaders.filter(to_date__isnull=True).select_related("person"):
            words = "\n".join(filter(None, (leader.person.name, leader.honour, leader.specialty, leader.words)))
            yield Passage(f"section:leader-{leader.pk}", leader.person.name, words)

    def search_facts(self) -> dict[str, Any]:
        return {"studio": self.studio_id, "summary": self.studio.aim[:120]}
