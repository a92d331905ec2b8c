"""The team: who keeps a studio adds and removes members, names deputies, hands over the lead."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from people.errors import Refusal
from people.requests import PersonRequest
from studios import access, selectors, services
from studios.forms import DeputyForm, LeaderChangeForm, LeaderEditForm, MemberAddForm, MemberEditForm
from studios.models import Leader, Membership, Studio


@require_GET
@login_required
def team(request: PersonRequest, pk: int) -> HttpResponse:
    """Members, leaders with their history, honours and equipment of a studio, each with what one may do."""
    studio = access.studio_get_for(request.user, pk, to="team")
    former = studio.memberships.filter(to_date__lt=selectors.today()).select_related("person").order_by("-to_date")
    context = {
        "studio": studio,
        "members": selectors.members_of(studio),
        "former": former,
        "leaders": studio.leaders.select_related("person"),
        "honours": studio.honours.all(),
        "equipment": studio.equipment_lines.select_related("equipment"),
        "may_record": access.keeps_record(request.user, studio),
        "today": selectors.today(),
    }
    return render(request, "studios/team.html", context)


def form_page(
    request: PersonRequest,
    studio: Studio,
    form: forms.BaseForm,
    act: Callable[[], str],
    *,
    title: str,
    submit: str,
    danger: bool = False,
) -> HttpResponse:
    """Shows one form on a page of its own; `act` does the work and gives the sentence that says so.

    A refusal stands above the form, and what was typed stays in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("studios:team", studio.pk)
    context = {"studio": studio, "form": form, "title": title, "submit": submit, "danger": danger}
    return render(request, "studios/team_form.html", context, status=400 if form.is_bound else 200)


def confirm_form(request: PersonRequest) -> forms.Form:
    """A form without fields: asks before something is taken away."""
    return forms.Form(request.POST if request.method == "POST" else None)


@login_required
def member_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Adds a member by staff number."""
    studio = access.studio_get_for(request.user, pk, to="team")
    form = MemberAddForm(request.POST or None)

    def act() -> str:
        row = services.member_add(actor=request.user, studio=studio, **form.cleaned_data)
        return _("已加入：%(person)s。") % {"person": row.person.name}

    return form_page(request, studio, form, act, title=_("添加成员"), submit=_("添加"))


def _membership(request: PersonRequest, pk: int) -> Membership:
    row = get_object_or_404(Membership.objects.select_related("studio", "person"), pk=pk)
    access.studio_get_for(request.user, row.studio_id, to="team")
    return row


@login_required
def member_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Changes role, post, skill level, education, age band."""
    row = _membership(request, pk)
    form = MemberEditForm(request.POST or None, instance=row)

    def act() -> str:
        fresh = Membership.objects.select_related("studio", "person").get(pk=row.pk)
        services.member_update(actor=request.user, membership=fresh, **form.cleaned_data)
        return _("已保存：%(person)s。") % {"person": row.person.name}

    title = _("修改成员：%(person)s") % {"person": row.person.name}
    return form_page(request, row.studio, form, act, title=title, submit=_("保存"))


@login_required
def member_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks, then ends a membership; the leaver's drafts go to the head."""
    row = _membership(request, pk)

    def act() -> str:
        moved = services.member_remove(actor=request.user, membership=row)
        words = {"person": row.person.name, "count": moved}
        return _("%(person)s 已离开工作室，%(count)s 篇未发布的稿件已转给负责人。") % words

    title = _("移出成员：%(person)s？") % {"person": row.person.name}
    return form_page(request, row.studio, confirm_form(request), act, title=title, submit=_("确认移出"), danger=True)


@login_required
def deputy(request: PersonRequest, pk: int) -> HttpResponse:
    """Names a member deputy from one day to another, or ends it."""
    row = _membership(request, pk)
    initial = {"deputy_from": row.deputy_from_date, "deputy_to": row.deputy_to_date}
    form = DeputyForm(request.POST or None, initial=initial)

    def act() -> str:
        start, end = form.cleaned_data["deputy_from"], form.cleaned_data["deputy_to"]
        services.deputy_set(actor=request.user, membership=row, from_date=start, to_date=end)
        return _("代理安排已保存。")

    title = _("代理审核：%(person)s") % {"person": row.person.name}
    return form_page(request, row.studio, form, act, title=title, submit=_("保存"))


@login_required
def leader_change(request: PersonRequest, pk: int) -> HttpResponse:
    """A new leader takes over, or leads beside those who do; the union decides it."""
    studio = access.studio_get_for(request.user, pk, to="record")
    form = LeaderChangeForm(request.POST or None, initial={"from_date": selectors.today()})

    def act() -> str:
        data = dict(form.cleaned_data)
        service = services.leader_add if data.pop("beside") else services.leader_change
        leader = service(actor=request.user, studio=studio, **data)
        return _("领衔人：%(person)s，自 %(date)s 起。") % {"person": leader.person.name, "date": leader.from_date}

    return form_page(request, studio, form, act, title=_("更换领衔人"), submit=_("确认"))


@login_required
def leader_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """A leader's honours and words to the readers."""
    leader = get_object_or_404(Leader.objects.select_related("studio", "person"), pk=pk)
    studio = access.studio_get_for(request.user, leader.studio_id, to="team")
    form = LeaderEditForm(request.POST or None, instance=leader)

    def act() -> str:
        services.leader_update(actor=request.user, leader=leader, **form.cleaned_data)
        return _("已保存：%(person)s。") % {"person": leader.person.name}

    title = _("领衔人：%(person)s") % {"person": leader.person.name}
    return form_page(request, studio, form, act, title=title, submit=_("保存"))
