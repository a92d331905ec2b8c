"""Search in the admin: a page under Reports for administrators."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.access import has_role
from people.models import Role
from search import admin_views
from search.dictionary.admin import TermViewSet
from search.insight import access as insight_access
from search.insight import admin_views as insight_views
from search.insight.admin import PinViewSet


@hooks.register("register_admin_viewset")
def dictionary_viewset() -> TermViewSet:
    """The dictionary."""
    return TermViewSet()


@hooks.register("register_admin_viewset")
def pins_viewset() -> PinViewSet:
    """Pinned results."""
    return PinViewSet()


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    """Addresses below /admin/."""
    return [
        path("search-state/", admin_views.state, name="search_state"),
        path("search-state/retry/", admin_views.retry, name="search_retry"),
        path("search-state/audit/", admin_views.audit, name="search_audit"),
        path("search-state/rebuild/", admin_views.rebuild, name="search_rebuild"),
        path("search-insight/", insight_views.insight, name="search_insight"),
        path("search-insight/draft/", insight_views.draft, name="search_draft"),
    ]


class AdministratorMenuItem(MenuItem):
    """Shown to administrators only."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.ADMINISTRATOR)


@hooks.register("register_reports_menu_item")
def search_state_menu_item() -> MenuItem:
    """Reports → search."""
    return AdministratorMenuItem(_("检索状态"), reverse("search_state"), icon_name="search", order=900)


class InsightMenuItem(MenuItem):
    """Shown to masters, heads, editors and auditors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return insight_access.reads_insight(request.user)


@hooks.register("register_admin_menu_item")
def insight_menu_item() -> MenuItem:
    """What is asked and not found."""
    return InsightMenuItem(_("搜索洞察"), reverse("search_insight"), icon_name="search", order=261)
