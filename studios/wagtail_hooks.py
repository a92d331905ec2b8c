"""The admin side of `studios`: rule sets and equipment as snippets, links to the pages of the union."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.access import has_role
from people.requests import PersonRequest
from studios.access import SEES_LIST
from studios.models import Equipment, RuleSet


class RuleSetViewSet(SnippetViewSet):
    """Rule sets with their type lists. A new version is a new row: what was judged under the old one stays."""

    model = RuleSet
    icon = "list-ul"
    menu_label = _("规则集")
    list_display = ["name", "code", "version", "effective_from_date", "effective_to_date"]
    search_fields = ["name", "code", "source"]
    copy_view_enabled = True
    panels = [
        FieldPanel("name"),
        FieldPanel("source", help_text=_("这套规则出自哪份文件。")),
        FieldRowPanel([FieldPanel("code"), FieldPanel("version")]),
        FieldRowPanel([FieldPanel("effective_from_date"), FieldPanel("effective_to_date")]),
        MultiFieldPanel([FieldPanel("min_members"), FieldPanel("min_honour")], heading=_("门槛")),
        InlinePanel("types", heading=_("工作室类型"), label=_("类型"), panels=[FieldPanel("code"), FieldPanel("name")]),
    ]


class EquipmentViewSet(SnippetViewSet):
    """Equipment that methods are done on and studios own."""

    model = Equipment
    icon = "cogs"
    menu_label = _("设备")
    list_display = ["name", "model_code", "trade"]
    list_filter = ["trade"]
    search_fields = ["name", "model_code"]
    panels = [FieldPanel("name"), FieldPanel("model_code"), FieldPanel("trade")]


class StudioDataGroup(SnippetViewSetGroup):
    """The menu's group of what studios are described with."""

    menu_label = _("工作室资料")
    menu_icon = "group"
    items = (RuleSetViewSet, EquipmentViewSet)


register_snippet(StudioDataGroup)


class UnionMenuItem(MenuItem):
    """The list of studios, for those who read it."""

    def is_shown(self, request: PersonRequest) -> bool:
        return has_role(request.user, *SEES_LIST)


@hooks.register("register_admin_menu_item")
def studios_menu_item() -> MenuItem:
    """Leads from the admin to the union's list."""
    return UnionMenuItem(_("工作室一览"), reverse("studios:list"), icon_name="group", order=350)
