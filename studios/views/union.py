"""The union's pages: the list of all studios, a new one, the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people.access import require_role, units_within_reach
from people.models import Unit
from people.requests import PersonRequest
from people.sheets import table_response
from studios import access, selectors, sheets
from studios.forms import StudioNewForm, StudioRecordForm, types_in_force
from studios.models import Studio, StudioLevel, StudioState
from studios.services import studio_create, studio_update
from studios.words import gap_words

PER_PAGE = 25
SORTS = {
    "name": ("name",),
    "unit": ("unit__path", "name"),
    "level": ("level", "name"),
    "members": ("-member_count", "name"),
}


def units_for(request: PersonRequest) -> QuerySet[Unit]:
    """Units in which the person may keep studios, in the order of the tree."""
    return units_within_reach(request.user, *access.KEEPS_RECORD).filter(is_active=True).order_by("path")


def _listed(request: PersonRequest) -> QuerySet[Studio]:
    asked = request.GET
    unit = Unit.objects.filter(pk=asked["unit"]).first() if asked.get("unit", "").isdecimal() else None
    rows = selectors.studios_listed(
        text=asked.get("q", "").strip(),
        unit=unit,
        level=asked.get("level", ""),
        state=asked.get("state", ""),
        type_id=int(asked["type"]) if asked.get("type", "").isdecimal() else None,
    )
    return access.studios_listed_for(request.user, rows).order_by(*SORTS.get(asked.get("sort", ""), SORTS["name"]))


@require_GET
@require_role(*access.SEES_LIST)
def studio_list(request: PersonRequest) -> HttpResponse:
    """All studios under the person's roles, filtered, sorted, paged."""
    page = Paginator(_listed(request), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "query": query.urlencode(),
        "asked": request.GET,
        "filtered": any(request.GET.get(name) for name in ("q", "unit", "level", "state", "type")),
        "levels": StudioLevel.choices,
        "states": StudioState.choices,
        "types": types_in_force(),
        "units": Unit.objects.filter(studios__isnull=False).distinct().order_by("path"),
        "may_create": units_for(request).exists(),
    }
    return render(request, "studios/union_list.html", context)


@require_GET
@require_role(*access.SEES_LIST)
def studio_export(request: PersonRequest) -> HttpResponse:
    """The same rows as the list shows, as XLSX."""
    rows = sheets.studio_rows(_listed(request))
    return table_response(_("工作室一览") + ".xlsx", _("工作室一览"), sheets.studio_head(), rows)


@require_http_methods(["GET", "POST"])
@require_role(*access.KEEPS_RECORD)
def studio_new(request: PersonRequest) -> HttpResponse:
    """Makes a studio."""
    form = StudioNewForm(request.POST or None, units=units_for(request))
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        studio = studio_create(actor=request.user, **data)
        messages.success(request, _("已建立 %(name)s，可以继续完善档案。") % {"name": studio.name})
        return redirect("studios:record", studio.pk)
    return render(request, "studios/studio_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def studio_record(request: PersonRequest, pk: int) -> HttpResponse:
    """The whole record with what it lacks; its keepers may change it, others read it."""
    studio = access.studio_get_for(request.user, pk, to="record" if request.method == "POST" else "read")
    may_edit = access.keeps_record(request.user, studio)
    form = StudioRecordForm(request.POST or None, instance=studio, units=units_for(request)) if may_edit else None
    if request.method == "POST" and form is not None and form.is_valid():
        fields = dict(form.cleaned_data)
        types = fields.pop("types")
        studio_update(actor=request.user, studio=Studio.objects.get(pk=pk), types=types, **fields)
        messages.success(request, _("档案已保存。"))
        return redirect("studios:record", pk)
    if form is not None and form.is_bound:
        studio = Studio.objects.select_related("unit").get(pk=pk)  # the form has written into the other one
    context = {
        "studio": studio,
        "form": form,
        "may_team": access.keeps_team(request.user, studio),
        "gaps": [(rs, gap_words(selectors.record_gaps(studio, rs))) for rs in selectors.rulesets_in_force()],
        "leaders": studio.leaders.select_related("person"),
        "members": selectors.members_of(studio),
        "honours": studio.honours.all(),
        "equipment": studio.equipment_lines.select_related("equipment"),
    }
    return render(request, "studios/record.html", context)
