"""Reports of the admin: why somebody may see a thing, and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from people.access import require_role
from people.audience import explain, page_clauses
from people.audience.pages import clauses_by_source, document_clauses
from people.audience.selectors import satisfies
from people.models import AuditEntry, Role, User
from people.models.users import staff_number_fold

PER_PAGE = 50
FILE_ADDRESS = re.compile(r"/files/(\d+)/")

for_those_who_read_all = require_role(Role.AUDITOR)


class WhyForm(forms.Form):
    """A person and a page or file."""

    person = forms.CharField(label=_("工号"), max_length=150)
    address = forms.CharField(
        label=_("网页或文件的地址"), max_length=500, help_text=_("从浏览器地址栏复制；文件用它的下载地址")
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_person(self) -> User:
        number = staff_number_fold(self.cleaned_data["person"])
        person = User.objects.filter(username=number).first()
        if person is None:
            raise ValidationError(_("没有工号 %(number)s，请核对。"), params={"number": number})
        return person

    def clean_address(self) -> Any:
        path = unquote(urlsplit(self.cleaned_data["address"].strip()).path)
        file = FILE_ADDRESS.match(path)
        thing = get_document_model().objects.filter(pk=file[1]).first() if file else self._page_at(path)
        if thing is None:
            raise ValidationError(_("这个地址上没有已发布的页面或文件，请核对。"))
        return thing

    def _page_at(self, path: str) -> Page | None:
        site = Site.find_for_request(self.request)
        if site is None:
            return None
        try:
            found = site.root_page.specific.route(self.request, [part for part in path.split("/") if part])
        except Http404:
            return None
        return found.page


@for_those_who_read_all
def why(request: HttpRequest) -> HttpResponse:
    """Why may he see this, or why not: every clause, where it is set, and whether he meets it."""
    form = WhyForm(request.GET or None, request=request, initial={"address": request.GET.get("address", "")})
    context: dict[str, Any] = {"form": form}
    if "person" in request.GET and form.is_valid():
        person, thing = form.cleaned_data["person"], form.cleaned_data["address"]
        clauses = page_clauses(thing) if isinstance(thing, Page) else document_clauses(thing)
        context |= {
            "person": person,
            "thing": thing,
            "may": satisfies(person, clauses),
            "sources": [(source, explain(person, found)) for source, found in clauses_by_source(thing)],
        }
    return render(request, "people/admin/why.html", context)


@for_those_who_read_all
def log(request: HttpRequest) -> HttpResponse:
    """The audit log, newest first, narrowed by who did it, to what, and which action."""
    text = request.GET.get("q", "").strip()
    entries = AuditEntry.objects.select_related("actor")
    if text:
        about = User.objects.filter(Q(name__icontains=text) | Q(username__icontains=text))
        targets = [f"{User._meta.label}:{pk}" for pk in about.values_list("pk", flat=True)[:200]]
        entries = entries.filter(
            Q(actor__in=about) | Q(target__in=targets) | Q(action__icontains=text) | Q(target__icontains=text)
        )
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/admin/log.html", {"page": page, "text": text, "rows": _with_names(page.object_list)})


def _with_names(entries: Iterable[AuditEntry]) -> list[tuple[AuditEntry, str]]:
    """Each entry with what it was done to: people by their names."""
    prefix = f"{User._meta.label}:"
    ids = {entry.target.removeprefix(prefix) for entry in entries if entry.target.startswith(prefix)}
    names = {f"{prefix}{person.pk}": str(person) for person in User.objects.filter(pk__in=ids)}
    return [(entry, names.get(entry.target, entry.target)) for entry in entries]
