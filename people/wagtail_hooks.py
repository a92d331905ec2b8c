"""Where Wagtail asks `people`: at the door of every page and file, and for its menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtail.models.view_restrictions import BaseViewRestriction

from people.access import has_role
from people.audience.pages import clauses_and_passwords
from people.audience.rules import Clauses
from people.audience.selectors import reads_all, satisfies
from people.directory.selectors import READERS
from people.errors import MayNotSee
from people.wagtail_admin import doors, views


def _refused(request: HttpRequest, clauses: Clauses) -> HttpResponse | None:
    """The answer to a reader who does not meet the clauses: sign in and come back, or the page that says no."""
    if satisfies(request.user, clauses):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise MayNotSee


def _passwords_only(request: HttpRequest, holder: Any, passwords: list[BaseViewRestriction]) -> None:
    """Leaves Wagtail only its shared passwords to ask for: we have judged the rest, by dated roles and memberships.

    Its own check would send a signed-in reader to the sign-in page again, and an auditor, who is in no group, too.
    """
    asked = [] if reads_all(request.user) else passwords
    holder.get_view_restrictions = lambda: asked


@hooks.register("before_serve_page", order=-100)
def page_audience_enforce(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Nobody is shown a page whose audience he is not in."""
    clauses, passwords = clauses_and_passwords(page)
    refused = _refused(request, clauses)
    if refused is None:
        _passwords_only(request, page, passwords)
        request.page_is_restricted = bool(clauses)
    return refused


@hooks.register("on_serve_page", order=-100)
def restricted_page_is_not_kept(callback: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for some is kept by no cache, and is not shown again by "back" once its reader has signed out."""

    def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        response = callback(page, request, args, kwargs)
        if getattr(request, "page_is_restricted", False):
            add_never_cache_headers(response)
        return response

    return serve


@hooks.register("before_serve_document", order=-100)
def document_audience_enforce(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Nobody is given a file whose audience he is not in."""
    clauses, passwords = clauses_and_passwords(document)
    refused = _refused(request, clauses)
    if refused is None:
        _passwords_only(request, document.collection, passwords)
    return refused


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Our reports."""
    return [
        path("people/why/", views.why, name="people_why"),
        path("people/log/", views.log, name="people_log"),
    ]


@hooks.register("construct_page_chooser_queryset")
def only_known_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """A chooser offers no page whose title the person may not read."""
    return pages.filter(pk__in=doors.known_pages(request.user).values("pk"))


@hooks.register("construct_admin_api", order=100)
def only_own_files_and_pictures(router: WagtailAPIRouter) -> None:
    """Instead of Wagtail's, which list those of all collections."""
    router.register_endpoint("documents", doors.Files)
    router.register_endpoint("images", doors.Pictures)


@hooks.register("construct_reports_menu")
def reports_that_open(request: HttpRequest, items: list[MenuItem]) -> None:
    """No item leads to a report that is closed to the person."""
    if not doors.looks_at_all(request.user):
        items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("construct_help_menu")
def help_of_this_site(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Nothing that leads to another host, in a language that the reader did not choose."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new", "editor-guide"))]


class ForThoseWhoReadAll(MenuItem):
    """Shown to administrators and auditors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return reads_all(request.user)


class ForReadersOfPeople(MenuItem):
    """Shown to those who may open the list of people."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, *READERS)


@hooks.register("register_reports_menu_item")
def why_menu_item() -> MenuItem:
    """Why may he see this?"""
    return ForThoseWhoReadAll(
        _("他为什么能看到？"), reverse("people_why"), name="people-why", icon_name="view", order=50
    )


@hooks.register("register_reports_menu_item")
def log_menu_item() -> MenuItem:
    """The audit log."""
    return ForThoseWhoReadAll(_("审计记录"), reverse("people_log"), name="people-log", icon_name="history", order=60)


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    """From the admin to the pages where people are looked after."""
    return ForReadersOfPeople(_("人员"), reverse("people:list"), name="people", icon_name="group", order=500)


@hooks.register("register_account_menu_item")
def password_item(request: HttpRequest) -> dict[str, Any]:
    """From the admin's settings to the site's page for the password."""
    return {
        "url": reverse("account_change_password"),
        "label": _("修改密码"),
        "help_text": _("在网站上修改登录密码，其他个人设置也在那里。"),
    }
