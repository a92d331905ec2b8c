"""Pages with which HR looks after people, and unions and auditors read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from people.codes import services as codes
from people.codes.registry import answers_for
from people.directory import forms, selectors, services
from people.directory.views.steps import FormMaker, ask, for_readers, for_writers
from people.errors import NotAllowed, NotFound
from people.models import AuditEntry, RoleGrant, User
from people.roles import services as roles
from people.roles.rules import may_grant
from people.roles.selectors import reach_of
from people.sheets import table_response
from people.sign_in import services as sign_in
from people.tokens.selectors import token_rows

PER_PAGE = 50
EXPORT_HEAD = (
    _lazy("工号"),
    _lazy("姓名"),
    _lazy("单位代码"),
    _lazy("单位"),
    _lazy("工种代码"),
    _lazy("工种"),
    _lazy("岗位代码"),
    _lazy("岗位"),
    _lazy("任职自"),
    _lazy("手机"),
    _lazy("账号"),
)


def _trail(person: User | None = None) -> list[tuple[Any, str]]:
    trail = [(_("人员"), reverse("people:list"))]
    return [*trail, (person.name, reverse("people:person", args=[person.pk]))] if person else trail


def _page_of(person: User) -> str:
    return reverse("people:person", args=[person.pk])


def _ask_about(
    request: HttpRequest, person: User, form: FormMaker, act: Callable[..., Any], **words: Any
) -> HttpResponse:
    """Asks for something about one person, then goes back to his page. `words` are those of `ask`."""
    return ask(request, form, act, back=_page_of(person), trail=_trail(person), **words)


@require_GET
@for_readers
def people_list(request: HttpRequest) -> HttpResponse:
    """People within reach, narrowed by name, number, unit, trade and account."""
    form = forms.PeopleFilterForm(request.GET or None, actor=request.user)
    asked = form.asked() if form.is_bound else selectors.PeopleFilter()
    page = Paginator(selectors.people_list(request.user, asked), PER_PAGE).get_page(request.GET.get("page"))
    postings = selectors.postings_by_id(page.object_list)
    rows = [(person, postings.get(person.posting_id)) for person in page.object_list]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "writes": selectors.units_written_by(request.user).exists(),
        "filtered": any(request.GET.get(name) for name in ("q", "unit", "trade", "state")),
        "narrowed": any(request.GET.get(name) for name in ("unit", "trade", "state")),
        "query": request.GET.urlencode(),
    }
    return render(request, "people/list.html", context)


@require_GET
@for_readers
def people_export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, without a limit of pages."""
    form = forms.PeopleFilterForm(request.GET or None, actor=request.user)
    asked = form.asked() if form.is_bound else selectors.PeopleFilter()
    people = list(selectors.people_list(request.user, asked))
    postings = selectors.postings_by_id(people)
    head = [str(title) for title in EXPORT_HEAD]
    rows = [_export_row(person, postings.get(person.posting_id)) for person in people]
    name = _("人员 %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return table_response(name, "人员", head, rows)


def _export_row(person: User, posting: Any) -> list[object]:
    unit, trade, post = (posting.unit, posting.trade, posting.post) if posting else (None, None, None)
    return [
        person.username,
        person.name,
        unit.code if unit else "",
        unit.name if unit else "",
        trade.code if trade else "",
        trade.name if trade else "",
        post.code if post else "",
        post.name if post else "",
        posting.from_date if posting else None,
        person.phone,
        _("在用") if person.is_active else _("已停用"),
    ]


@require_GET
@for_readers
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: where he was when, what he may, what was done to his account."""
    actor = request.user
    person = selectors.person_get_for(actor, pk)
    held = reach_of(actor)
    grants = list(person.grants.select_related("unit", "granted_by"))
    for grant in grants:
        grant.may_end = may_grant(held, grant.role, grant.unit.path if grant.unit else None)
    answers = services.may_answer_for_sign_in(actor, person)
    log = AuditEntry.objects.filter(target=f"{User._meta.label}:{person.pk}").select_related("actor")[:20]
    context = {
        "person": person,
        "postings": person.postings.select_related("unit", "trade", "post"),
        "grants": grants,
        "today": timezone.localdate(),
        "writes": services.may_manage_person(actor, person),
        "answers": answers,
        "tokens": token_rows(person) if answers else [],
        "may_print": codes.may_issue(actor, person),
        "has_password": codes.has_password(person),
        "minutes_shut": sign_in.minutes_shut(person),
        "log": log,
    }
    return render(request, "people/person.html", context)


@for_writers
def person_new(request: HttpRequest) -> HttpResponse:
    """A new person."""
    return ask(
        request,
        forms.NewPersonForm,
        services.person_create,
        title=_("新增人员"),
        label=_("保存"),
        back=reverse("people:list"),
        done=_("已新增。请给他打印一次性密码，他才能登录。"),
        trail=_trail(),
        then=_page_of,
    )


@for_writers
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, phone, mail address."""
    person = selectors.person_get_for(request.user, pk)
    initial = {"name": person.name, "phone": person.phone, "email": person.email}
    return _ask_about(
        request,
        person,
        forms.PersonForm,
        partial(services.person_update, person=person),
        initial=initial,
        title=_("修改资料"),
        label=_("保存"),
        done=_("已保存。"),
    )


@for_writers
def person_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Another unit, trade or post from a day on."""
    person = selectors.person_get_for(request.user, pk)
    held = person.postings.filter(to_date=None).first()
    initial = {"unit": held.unit_id, "trade": held.trade_id, "post": held.post_id} if held else {}
    return _ask_about(
        request,
        person,
        forms.PlaceForm,
        partial(services.person_transfer, person=person),
        initial=initial,
        title=_("调动"),
        label=_("保存调动"),
        done=_("已保存调动，原来的任职留在历史里。"),
        intro=_("原来的任职到前一天为止，不会被改掉。"),
    )


@for_writers
def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day at the company."""
    person = selectors.person_get_for(request.user, pk)
    return _ask_about(
        request,
        person,
        forms.LastDayForm,
        partial(services.person_leave, person=person),
        title=_("办理离职"),
        label=_("确认离职"),
        done=_("已办理离职。"),
        intro=_("任职和角色到最后一天为止，之后账号停用。学习记录、文章和署名都保留。"),
        kind="danger",
    )


@require_POST
@for_writers
def person_switch(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """Shuts or opens an account."""
    person = selectors.person_get_for(request.user, pk)
    act = services.person_deactivate if state == "off" else services.person_reactivate
    act(actor=request.user, person=person)
    return redirect(_page_of(person))


@require_POST
@for_writers
def person_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets somebody try again who mistyped his password too often."""
    person = selectors.person_get_for(request.user, pk)
    sign_in.account_open(actor=request.user, person=person)
    messages.success(request, _("已解除，此人现在可以用原来的密码登录。"))
    return redirect(_page_of(person))


@for_writers
def grant_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A role for a person."""
    person = selectors.person_get_for(request.user, pk)
    return _ask_about(
        request,
        person,
        forms.GrantForm,
        partial(roles.grant_add, person=person),
        title=_("授予角色"),
        label=_("授予"),
        done=_("已授予。"),
    )


@for_writers
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a role."""
    grant = RoleGrant.objects.select_related("unit", "person").filter(pk=pk).first()
    if grant is None:
        raise NotFound
    person = selectors.person_get_for(request.user, grant.person_id)
    return _ask_about(
        request,
        person,
        forms.LastDayForm,
        partial(roles.grant_end, grant=grant),
        title=_("结束角色：%(role)s") % {"role": grant.get_role_display()},
        label=_("保存"),
        done=_("已保存。"),
    )


@require_POST
def codes_print(request: HttpRequest) -> HttpResponse:
    """Slips with one-time codes for the chosen people, to be cut apart. Shown once."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    ids = [int(pk) for pk in request.POST.getlist("person") if pk.isdigit()]
    chosen = list(User.objects.filter(pk__in=ids).order_by("username")[:500])
    known = [person for person in chosen if codes.may_issue(request.user, person) or answers_for(request.user, person)]
    if not known:
        raise NotAllowed
    slips = [codes.code_make(actor=request.user, person=p) for p in known if codes.may_issue(request.user, p)]
    postings = selectors.postings_by_id(selectors.with_latest_posting(User.objects.filter(pk__in=ids)))
    places = {posting.person_id: posting.unit.name for posting in postings.values()}
    context = {
        "slips": [(slip, places.get(slip.person.pk, "")) for slip in slips],
        "left_out": [person for person in chosen if person.pk not in {slip.person.pk for slip in slips}],
        "address": request.build_absolute_uri(reverse("people:code_enter")),
    }
    response = render(request, "people/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response
