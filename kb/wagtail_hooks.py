"""The admin side of `kb`: tags, ways to the review, and the one rule of publishing that Wagtail does not know."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kb.errors import OwnText
from kb.files.reading import report
from kb.files.reading.listing import FilesIndexView
from kb.files.reading.report import FileReadingReport
from kb.files.reading.selectors import looks_after_files
from kb.models import KnowledgePage, Tag
from kb.publishing.access import may_publish_at_once
from kb.publishing.queue import studios_reviewed
from people.requests import PersonRequest


class TagViewSet(SnippetViewSet):
    """Tags by which knowledge is gathered."""

    model = Tag
    icon = "tag"
    menu_label = _("标签")
    list_display = ["name"]
    search_fields = ["name"]
    add_to_admin_menu = True
    menu_order = 360
    panels = [FieldPanel("name")]


register_snippet(TagViewSet)


class ReviewMenuItem(MenuItem):
    """The queue, for those who review."""

    def is_shown(self, request: PersonRequest) -> bool:
        return bool(studios_reviewed(request.user))


@hooks.register("register_admin_menu_item")
def review_menu_item() -> MenuItem:
    """Leads to the reviewer's queue."""
    return ReviewMenuItem(_("等我审核"), reverse("kb:queue"), name="kb-review", icon_name="clipboard-list", order=110)


@hooks.register("register_admin_menu_item")
def drafts_menu_item() -> MenuItem:
    """Leads to the author's own pages."""
    return MenuItem(_("我的稿件"), reverse("kb:mine"), name="kb-mine", icon_name="edit", order=105)


@hooks.register("register_admin_urls")
def reading_urls() -> list[URLPattern]:
    """Addresses below /admin/: which files could not be read, reading them again, the list of files with their state."""
    return [
        path("documents/", FilesIndexView.as_view(), name="kb_files"),
        path("documents/results/", FilesIndexView.as_view(results_only=True), name="kb_files_results"),
        path("files-unread/", FileReadingReport.as_view(), name="kb_files_unread"),
        path("files-unread/results/", FileReadingReport.as_view(results_only=True), name="kb_files_unread_results"),
        path("files-unread/retry/", report.retry_all, name="kb_files_retry"),
        path("files-unread/<int:file_id>/retry/", report.retry, name="kb_file_retry"),
    ]


class ReadingMenuItem(MenuItem):
    """For those who look after files."""

    def is_shown(self, request: PersonRequest) -> bool:
        return looks_after_files(request.user)


@hooks.register("register_reports_menu_item")
def reading_menu_item() -> MenuItem:
    """Reports → files that could not be read."""
    return ReadingMenuItem(_("文件读取情况"), reverse("kb_files_unread"), icon_name="doc-full-inverse", order=850)


@hooks.register("before_publish_page")
def own_text_refuse(request: PersonRequest, page: Page) -> HttpResponse | None:
    """A head whose studio has other heads submits his own text like everybody. What he wrote is saved already."""
    if not isinstance(page, KnowledgePage) or may_publish_at_once(request.user, page):
        return None
    messages.error(request, gettext("没有发布，内容已存为草稿：") + str(OwnText.message))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("construct_page_action_menu")
def submit_first(menu_items: list[Any], request: PersonRequest, context: dict[str, Any]) -> None:
    """The button at hand is the one that is meant: submit for those who may not publish; saving happens by itself."""
    page = context.get("page") or context.get("parent_page")
    if not isinstance(page, KnowledgePage):
        return
    if not may_publish_at_once(request.user, page):
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
    first = next((item for item in menu_items if item.name == "action-submit"), None)
    if first is not None and all(item.name != "action-publish" for item in menu_items):
        menu_items.remove(first)
        menu_items.insert(0, first)


@hooks.register("insert_editor_js")
def editor_session_script() -> SafeString:
    """A sign-in that runs out while somebody writes loses nothing: the page says so, a second window signs in."""
    return format_html(
        '<script type="module" src="{}" data-session="{}" data-text="{}" data-link="{}" data-sign-in="{}"></script>',
        static("js/editor_session.js"),
        reverse("kb:session"),
        gettext("登录已过期。文字还在这一页，请不要关闭它：在新窗口登录后回到这里，会继续保存。"),
        gettext("在新窗口登录"),
        reverse("account_login") + "?next=" + reverse("kb:mine"),
    )
