"""Wagtail's list of files with one more column: how far the reading of each is."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView

from kb.files.models import File
from kb.files.reading.models import FileReading, ReadingState
from kb.files.reading.reasons import reason_words


class FilesIndexView(IndexView):
    """Stands at the address of Wagtail's own, before it: `kb` is named before `wagtail.documents` in the settings."""

    def get_base_queryset(self) -> QuerySet[File]:
        """With the reading of each file, in the same query."""
        files: QuerySet[File] = super().get_base_queryset().select_related("reading")
        return files

    @cached_property
    def columns(self) -> list[Column]:
        """State, and where it is not read whole, why."""
        columns: list[Any] = super().columns
        return [*columns[:-1], Column("reading", label=_("读取情况"), accessor=state_said, width="16%"), columns[-1]]

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        """With what a narrow screen needs."""
        context: dict[str, Any] = super().get_context_data(**told)
        context["media"] += Media(css={"all": ["css/files_list.css"]})
        return context


def state_said(file: File) -> str:
    """`已读取`, or `没有读出：文件设了打开密码。`."""
    reading: FileReading | None = getattr(file, "reading", None)
    if reading is None:
        return str(ReadingState.WAITING.label)
    said = reading.get_state_display()
    return (
        _("%(state)s：%(reason)s") % {"state": said, "reason": reason_words(reading.reason).what}
        if reading.reason
        else said
    )
