"""The honest index: every file that could not be read or only partly, why, whose it is and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Collection

from kb.files.reading.models import FileReading, ReadingState
from kb.files.reading.reasons import REASONS, reason_words
from kb.files.reading.selectors import files_looked_after, looks_after_files, readings_looked_after
from kb.files.reading.services import file_read_retry
from people.requests import PersonRequest

TROUBLED = (ReadingState.FAILED, ReadingState.REFUSED, ReadingState.PARTLY)
RETRIED = (*TROUBLED, ReadingState.READ)


class ReadingFilterSet(WagtailFilterSet):
    """By state, reason and collection. Files that were read whole are shown when they are asked for."""

    state = django_filters.ChoiceFilter(label=_("状态"), choices=ReadingState.choices, empty_label=_("没有读全的"))
    reason = django_filters.ChoiceFilter(
        label=_("原因"), choices=[(code, words.what) for code, words in REASONS.items()], empty_label=_("全部")
    )
    collection = django_filters.ModelChoiceFilter(
        label=_("集合"),
        field_name="file__collection",
        queryset=lambda request: Collection.objects.filter(
            pk__in=files_looked_after(request.user).values("collection_id")
        ),
        empty_label=_("全部"),
    )

    class Meta:
        model = FileReading
        fields: ClassVar[list[str]] = ["state", "reason", "collection"]

    def filter_queryset(self, queryset: QuerySet[FileReading]) -> QuerySet[FileReading]:
        """Without a state: all that is not read whole."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.exclude(state=ReadingState.READ)


class _RetryColumn(Column):
    cell_template_name = "kb/admin/reading_retry.html"

    def get_cell_context_data(self, instance: FileReading, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {
            "csrf_token": get_token(parent_context["request"]),
            "url": reverse("kb_file_retry", args=[instance.file_id]) if instance.state in RETRIED else "",
            "title": instance.file.title,
        }


class FileReadingReport(ReportView):
    """Masters see the files of their studios, editors and administrators all."""

    model = FileReading
    page_title = _("文件读取情况")
    header_icon = "doc-full-inverse"
    template_name = "kb/admin/reading_report.html"
    results_template_name = "kb/admin/reading_results.html"
    index_url_name = "kb_files_unread"
    index_results_url_name = "kb_files_unread_results"
    filterset_class = ReadingFilterSet
    default_ordering = "-queued_at"
    list_export: ClassVar[list[str]] = [
        "file.title", "file.filename", "get_state_display", "what", "to_do", "owner", "file.collection.name",
        "parts", "attempts", "finished_at", "note",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "file.title": _("文件"), "file.filename": _("文件名"), "get_state_display": _("状态"), "what": _("原因"),
        "to_do": _("怎么办"), "owner": _("上传人"), "file.collection.name": _("集合"), "parts": _("读出的处数"),
        "attempts": _("读取次数"), "finished_at": _("完成时间"), "note": _("说明"),
    }  # fmt: skip

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For whoever looks after files at all."""
        if not looks_after_files(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_filename(self) -> str:
        """Name of the exported sheet."""
        return f"files-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> QuerySet[FileReading]:
        """What the person looks after."""
        return readings_looked_after(self.request.user)

    def get_queryset(self) -> QuerySet[FileReading]:
        """In the order asked for."""
        return self.order_queryset(self.get_base_queryset())

    @cached_property
    def columns(self) -> list[Column]:
        """File, state, reason, what to do, whose, when, again."""
        return [
            TitleColumn(
                "title", label=_("文件"), accessor="file.title", width="18%", get_url=_edit_url
            ),
            StatusTagColumn(
                "state", label=_("状态"), accessor="get_state_display", width="9%", primary=lambda row: row.state == ReadingState.READ
            ),
            Column("what", label=_("原因"), accessor="what", width="18%"),
            Column("to_do", label=_("怎么办"), accessor="to_do", width="22%"),
            Column("owner", label=_("上传人"), accessor="owner"),
            Column("collection", label=_("集合"), accessor="file.collection.name"),
            DateColumn("queued_at", label=_("时间"), accessor=lambda row: row.finished_at or row.queued_at),
            _RetryColumn("retry", label=_("重新读取")),
        ]  # fmt: skip

    def decorate_paginated_queryset(self, object_list: Iterable[FileReading]) -> list[FileReading]:
        """Puts reasons into words."""
        return [reading_said(row) for row in object_list]


def _edit_url(row: FileReading) -> str:
    return reverse("wagtaildocs:edit", args=[row.file_id])


def reading_said(row: FileReading) -> FileReading:
    """The reading with `what`, `to_do` and `owner` for people to read."""
    words = reason_words(row.reason) if row.reason else None
    row.what = " ".join(filter(None, [str(words.what) if words else "", row.note]))
    row.to_do = str(words.to_do) if words else ""
    row.owner = str(row.file.uploaded_by_user or "")
    return row


@require_POST
def retry(request: PersonRequest, file_id: int) -> HttpResponse:
    """Has a file read again, then leads back to where the button was."""
    reading = file_read_retry(actor=request.user, file_id=file_id)
    messages.success(request, gettext_now("已安排重新读取：%(title)s。") % {"title": reading.file.title})
    return _back(request)


@require_POST
def retry_all(request: PersonRequest) -> HttpResponse:
    """Has all files read again that the person looks after and that were not read whole."""
    rows = readings_looked_after(request.user).filter(state__in=TROUBLED)
    for file_id in list(rows.values_list("file_id", flat=True)):
        file_read_retry(actor=request.user, file_id=file_id)
    messages.success(request, gettext_now("已安排重新读取没有读全的文件。"))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    if request.POST.get("from") == "file" and request.resolver_match:
        return HttpResponseRedirect(reverse("wagtaildocs:edit", args=[request.resolver_match.kwargs["file_id"]]))
    return HttpResponseRedirect(reverse("kb_files_unread"))
