"""Pinned results in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies.base import BasePermissionPolicy

from people.audience.selectors import AnyUser
from people.models import User
from search import registry
from search.insight import access, admin_views, services
from search.insight.forms import PinForm
from search.insight.models import Pin
from search.insight.selectors import dead_pins


class PinPolicy(BasePermissionPolicy):
    """Editors pin; auditors look on."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        """The same for every row."""
        return access.sees_all(user) if action == "view" else access.manages_pins(user)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Nobody asks for lists of people here: roles are dated, and their holders change by the day."""
        return User.objects.none()


def _kind(pin: Pin) -> str:
    searchable = registry.kinds().get(pin.kind)
    return str(searchable.label) if searchable is not None else pin.kind


class StateColumn(Column):
    """Whether a pin is in force, over, or dead; the dead ones are looked for once a page."""

    def get_value(self, instance: Pin) -> str:
        if instance.pk in instance.dead:
            return gettext("失效：内容已删除或未公开")
        return gettext("已到期") if instance.over else gettext("有效")


class PinIndexView(generic.IndexView):
    """The list."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        dead = dead_pins()
        for pin in context["object_list"]:
            pin.dead = dead
        return context


class PinEditView(generic.EditView):
    """Changes day and note."""

    def save_instance(self) -> Pin:
        pin = Pin.objects.get(pk=self.object.pk)
        saved = services.pin_save(
            actor=self.request.user, pin=pin, text=pin.text, kind=pin.kind, key=pin.key, **self.form.cleaned_data
        )
        log(saved, "wagtail.edit", user=self.request.user)
        return saved


class PinDeleteView(generic.DeleteView):
    """Asks first."""

    success_message = _("已取消推荐“%(object)s”。")

    @property
    def confirmation_message(self) -> str:
        return gettext("要取消这条推荐吗？这一篇将按它自己的名次出现。")

    def delete_action(self) -> None:
        services.pin_delete(actor=self.request.user, pin=self.object)


class PinViewSet(ModelViewSet):
    """Below /admin/pins/."""

    model = Pin
    name = "pins"
    icon = "pick"
    menu_label = _("编辑推荐")
    menu_order = 262
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PinIndexView
    index_template_name = "search/list.html"
    index_results_template_name = "search/insight/pins_results.html"
    edit_view_class = PinEditView
    delete_view_class = PinDeleteView
    list_display = [
        "text",
        "title",
        Column("kind", label=_("种类"), accessor=_kind),
        StateColumn("state", label=_("状态")),
        "until_date",
        "note",
        "created_by",
    ]
    list_filter = ["until_date"]
    list_export = ["text", "title", "until_date", "note"]
    list_per_page = 50
    search_fields = ["text", "normal", "title", "note"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[PinForm]:
        """Day and note."""
        return PinForm

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's own; a new pin is picked out of results."""
        kept = [found for found in super().get_urlpatterns() if found.name != "add"]
        return [*kept, path("new/", admin_views.pin_new, name="add")]
