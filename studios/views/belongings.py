"""What a studio has been given and owns: honours and equipment."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from people.requests import PersonRequest
from studios import access, services
from studios.forms import EquipmentLineForm, HonourForm
from studios.models import StudioEquipment, StudioHonour
from studios.views.team import confirm_form, form_page


@login_required
def honour_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Adds a recognition of the studio."""
    studio = access.studio_get_for(request.user, pk, to="team")
    form = HonourForm(request.POST or None)

    def act() -> str:
        services.honour_add(actor=request.user, studio=studio, **form.cleaned_data)
        return _("已登记荣誉。")

    return form_page(request, studio, form, act, title=_("登记荣誉"), submit=_("登记"))


@login_required
def honour_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks, then takes back a recognition entered by mistake."""
    honour = get_object_or_404(StudioHonour.objects.select_related("studio"), pk=pk)
    studio = access.studio_get_for(request.user, honour.studio_id, to="team")

    def act() -> str:
        services.honour_remove(actor=request.user, honour=honour)
        return _("已删除：%(name)s。") % {"name": honour.name}

    title = _("删除荣誉：%(name)s？") % {"name": honour.name}
    return form_page(request, studio, confirm_form(request), act, title=title, submit=_("确认删除"), danger=True)


@login_required
def equipment_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Adds a line to the equipment list."""
    studio = access.studio_get_for(request.user, pk, to="team")
    form = EquipmentLineForm(request.POST or None)

    def act() -> str:
        line = {name: form.cleaned_data[name] for name in ("kind", "quantity", "remark")}
        services.equipment_line_add(actor=request.user, studio=studio, equipment=form.equipment(), **line)
        return _("已登记设备。")

    return form_page(request, studio, form, act, title=_("登记设备"), submit=_("登记"))


@login_required
def equipment_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks, then takes a line off the equipment list."""
    line = get_object_or_404(StudioEquipment.objects.select_related("studio", "equipment"), pk=pk)
    studio = access.studio_get_for(request.user, line.studio_id, to="team")

    def act() -> str:
        services.equipment_line_remove(actor=request.user, line=line)
        return _("已从清单中删除。")

    title = _("从清单中删除：%(name)s？") % {"name": line.equipment}
    return form_page(request, studio, confirm_form(request), act, title=title, submit=_("确认删除"), danger=True)
