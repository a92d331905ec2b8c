"""Tools beside the list of words: a trial of the cut, proposals, import, changes that can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import require_role
from people.audience import reads_all
from people.errors import Refusal
from people.imports.workbook import MAX_BYTES, WorkbookTooLarge
from people.sheets import table_response
from search.dictionary import access, proposals, services, workbook
from search.dictionary.forms import CutForm, ImportForm
from search.dictionary.models import TermChange
from search.dictionary.preview import preview as cut_preview
from search.engines.contract import EngineUnavailable
from search.furniture import furniture

PER_PAGE = 50
FAULTS_SHOWN = 200

for_readers = require_role(*access.READS)
for_proposers = require_role(*access.PROPOSES)
for_deciders = require_role(*access.DECIDES)


def _around(title: str, icon: str) -> dict[str, Any]:
    return furniture(title, icon, [{"url": reverse("dictionary:index"), "label": _("检索词典")}])


@require_safe
@for_readers
def preview(request: HttpRequest) -> HttpResponse:
    """`?term=&text=`: how the text is cut now, how with the new word, and how many pieces it touches."""
    form = CutForm(request.GET or None)
    context: dict[str, Any] = {"form": form, **_around(_("试切一段文字"), "view")}
    if form.is_bound and form.is_valid():
        try:
            context["preview"] = cut_preview(user=request.user, **form.cleaned_data)
        except EngineUnavailable:
            form.add_error(None, _("搜索引擎连不上，没法取例句。请粘贴一段文字再试。"))
        context["may_add"] = access.proposes(request.user)
    return render(request, "search/dictionary/preview.html", context)


@require_safe
@for_proposers
def proposals_page(request: HttpRequest) -> HttpResponse:
    """Words of titles that the dictionary has not, and those that were asked for and not found."""
    context = {
        "titles": proposals.from_titles(request.user),
        "searches": proposals.from_searches(request.user),
        **_around(_("建议的词"), "help"),
    }
    return render(request, "search/dictionary/proposals.html", context)


@require_http_methods(["GET", "POST"])
@for_proposers
def import_upload(request: HttpRequest) -> HttpResponse:
    """A workbook is tried first; the rows that are right come back signed when they are to be written."""
    if "draft" in request.POST:
        return _import(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": workbook.SHEET.columns, **_around(_("导入词典"), "upload")}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise WorkbookTooLarge
            trial = workbook.trial_of(file.read())
        except Refusal as refusal:
            form.add_error("file", str(refusal.message))
        else:
            more = len(trial.faults) - FAULTS_SHOWN
            context |= {"trial": trial, "draft": workbook.draft_of(trial), "faults": trial.faults[:FAULTS_SHOWN]}
            context |= {"more_faults": max(more, 0), "name": file.name, "decides": access.decides(request.user)}
    return render(request, "search/dictionary/import.html", context, status=400 if form.errors else 200)


def _import(request: HttpRequest) -> HttpResponse:
    try:
        added, changed, same = workbook.draft_import(actor=request.user, draft=request.POST["draft"])
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("dictionary:import"))
    counts = {"added": added, "changed": changed, "same": same}
    messages.success(request, _("导入完成：新增 %(added)s，修改 %(changed)s，未变 %(same)s。") % counts)
    return HttpResponseRedirect(reverse("dictionary:index"))


@require_safe
@for_proposers
def import_template(request: HttpRequest) -> HttpResponse:
    """The empty table with an example."""
    example = [[column.example for column in workbook.SHEET.columns]]
    return table_response(_("检索词典导入模板") + ".xlsx", workbook.SHEET.title, workbook.HEAD, example)


@require_safe
@for_readers
def changes(request: HttpRequest) -> HttpResponse:
    """What was changed by whom, how many pieces were cut anew (for those who see them all), and the way back."""
    rows = TermChange.objects.select_related("by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "decides": access.decides(request.user),
        "counts": access.decides(request.user) or reads_all(request.user),
        **_around(_("变更记录与撤销"), "history"),
    }
    return render(request, "search/dictionary/changes.html", context)


@require_POST
@for_deciders
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one change back."""
    try:
        services.change_undo(actor=request.user, change=get_object_or_404(TermChange, pk=pk))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("已撤销，几秒内在所有检索里生效。"))
    return HttpResponseRedirect(reverse("dictionary:changes"))
