"""Doors of Wagtail's admin that ask too little: whoever enters it for one studio would read the titles of all others.

What is explored there, chosen from and listed is otherwise limited to what one works on. These let everything through:
the choosers of pages, the question before a move, the report on types of pages, the lists of files and pictures for
programs.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from people.access import has_role, require_role
from people.audience import visible_pages
from people.audience.selectors import AnyUser
from people.models import Role

LOOKS_AT_ALL = (Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR)
WORKS_WITH = ["add", "change", "delete", "choose"]


def known_pages(user: AnyUser) -> QuerySet[Page]:
    """Pages whose titles the person may read in the admin: what he works on with the way to it, what he may see, the root."""
    works_on = policy_registry.get_by_type(Page).explorable_instances(user)
    seen = visible_pages(Page.objects.all(), user)
    return Page.objects.filter(Q(depth=1) | Q(pk__in=works_on.values("pk")) | Q(pk__in=seen.values("pk")))


def looks_at_all(user: AnyUser) -> bool:
    """May open reports on all pages at once."""
    return has_role(user, *LOOKS_AT_ALL)


def choose_below(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """Wagtail's chooser, opened at a page that the person knows."""
    if not known_pages(request.user).filter(pk=parent_page_id).exists():
        raise Http404
    return BrowseView.as_view()(request, parent_page_id=parent_page_id)


def chosen(request: HttpRequest) -> HttpResponse:
    """Wagtail's answer to several choices, all of pages that the person knows."""
    wanted = {pk for pk in request.GET.getlist("id") if pk.isascii() and pk.isdigit() and len(pk) < 10}
    if known_pages(request.user).filter(pk__in=wanted, depth__gt=1).count() != len(request.GET.getlist("id")):
        raise Http404
    return ChosenMultipleView.as_view()(request)


def move_confirm(request: HttpRequest, page_to_move_id: int, destination_id: int) -> HttpResponse:
    """Wagtail's question before a move, asked of those who may move the page."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied
    if not known_pages(request.user).filter(pk=destination_id).exists():
        raise Http404
    answer: HttpResponse = MoveConfirmView.as_view()(
        request, page_to_move_id=page_to_move_id, destination_id=destination_id
    )
    return answer


class Files(DocumentsAdminAPIViewSet):
    """Files of the collections that the person works with."""

    def get_queryset(self) -> QuerySet[Any]:
        """Those, instead of all."""
        return _worked_with(super().get_queryset(), self.request.user)


class Pictures(ImagesAdminAPIViewSet):
    """Pictures of the collections that the person works with."""

    def get_queryset(self) -> QuerySet[Any]:
        """Those, instead of all."""
        return _worked_with(super().get_queryset(), self.request.user)


def _worked_with(things: QuerySet[Any], user: AnyUser) -> QuerySet[Any]:
    policy = policy_registry.get_by_type(things.model)
    own = policy.instances_user_has_any_permission_for(user, WORKS_WITH)
    return things.filter(pk__in=own.values("pk"))


_report = require_role(*LOOKS_AT_ALL)
# Before Wagtail's own, which keep the names.
urlpatterns: list[URLPattern] = [
    path(address, require_admin_access(view))
    for address, view in (
        ("choose-page/<int:parent_page_id>/", choose_below),
        ("choose-page/chosen-multiple/", chosen),
        ("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", move_confirm),
        ("reports/page-types-usage/", _report(PageTypesUsageReportView.as_view())),
        ("reports/page-types-usage/results/", _report(PageTypesUsageReportView.as_view(results_only=True))),
    )
]
