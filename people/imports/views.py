"""Import of a workbook: template, upload, trial, import."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people.directory.forms import UploadForm
from people.directory.views.steps import for_writers
from people.errors import Refusal
from people.imports import rules, services, words, workbook
from people.models import ImportDraft
from people.sheets import CONTENT_TYPE

FAULTS_SHOWN = 200


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("人员"), reverse("people:list")), *more]


@require_GET
@for_writers
def import_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    response = HttpResponse(workbook.template(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, "人员导入模板.xlsx")
    return response


@require_http_methods(["GET", "POST"])
@for_writers
def import_upload(request: HttpRequest) -> HttpResponse:
    """Takes a workbook in; nothing is written yet."""
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > workbook.MAX_BYTES:
                raise workbook.WorkbookTooLarge
            draft = services.draft_make(actor=request.user, name=file.name, content=file.read())
        except Refusal as refusal:
            form.add_error("file", str(refusal.message))
        else:
            return redirect("people:import_draft", draft.pk)
    context = {"form": form, "trail": _trail((_("导入"), "")), "sheets": rules.SHEETS}
    return render(request, "people/import_upload.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_writers
def import_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What the import would do, by row and column; then does it."""
    draft = ImportDraft.objects.filter(pk=pk, made_by=request.user).first()
    if draft is None:
        raise services.DraftGone
    if draft.applied_at:
        return _report(request, draft)
    if request.method == "POST":
        try:
            services.draft_import(actor=request.user, draft=draft, skip_faulty=request.POST.get("faulty") == "skip")
        except services.HasFaults as refusal:
            messages.error(request, str(refusal.message))
        return redirect("people:import_draft", draft.pk)
    report = services.draft_try(actor=request.user, draft=draft)
    context = {"draft": draft, "report": report, "tried": True, **_told(report)}
    return render(request, "people/import_draft.html", context)


def _report(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    kept = dict(draft.report)
    kept["faults"] = [rules.Fault(**fault) for fault in kept.get("faults", [])]
    report = services.Report(**kept)
    return render(request, "people/import_draft.html", {"draft": draft, "report": report, **_told(report)})


def _told(report: services.Report) -> dict[str, object]:
    titles = [sheet.title for sheet in rules.SHEETS]
    sheets = [(t, report.added.get(t, 0), report.updated.get(t, 0), report.unchanged.get(t, 0)) for t in titles]
    shown = report.faults[:FAULTS_SHOWN]
    by_row = groupby(shown, key=lambda fault: (fault.sheet, fault.row))
    return {
        "sheets": [sheet for sheet in sheets if any(sheet[1:])],
        "faults": [(sheet, row, [(f.column, words.sentence(f)) for f in found]) for (sheet, row), found in by_row],
        "more_faults": len(report.faults) - len(shown),
        "trail": _trail((_("导入"), reverse("people:import"))) + [(_("试运行") if report.faults else _("结果"), "")],
    }
