"""Lists of knowledge pages, and the releases of one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kb.models import CasePage, KnowledgePage
from kb.pages.selectors import LISTS, Filters, choices_for, names_fill, own_trades, pages_listed, studio_names
from kb.publishing.comparison import releases_compared
from kb.publishing.models import Release
from kb.publishing.selectors import latest_numbers, releases_of
from people.audience.selectors import may_be_served_page
from people.errors import MayNotSee
from people.requests import PersonRequest
from people.script.parts import written

PER_PAGE = 20


def page_list(request: PersonRequest, list_name: str) -> HttpResponse:
    """All pages of a kind that the reader may see, his own trade's first, with filters."""
    model = LISTS[list_name]
    filters = filters_asked(request)
    trades = own_trades(request.user)
    page = Paginator(pages_listed(model, request.user, filters, trades), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names_fill(rows)
    numbers = latest_numbers(row.page_key for row in rows)
    studios = studio_names(rows)
    for row in rows:
        row.release_number = numbers.get(row.page_key)
        row.studio_name = studios.get(row.path[: -row.steplen], "")
    names = {"trade": _("工种"), "studio": _("工作室"), "equipment": _("设备"), "tag": _("标签")}
    choices = choices_for(model, request.user)
    context = {
        "model_name": model._meta.verbose_name,
        "models_name": model._meta.verbose_name_plural,
        "list_name": list_name,
        "page": page,
        "rows": rows,
        "filters": filters,
        "selects": [
            {"name": name, "label": names[name], "options": choices[name], "chosen": getattr(filters, name)}
            for name in names
            if choices[name]
        ],
        "kinds": CasePage.Kind.choices if model is CasePage else [],
        "has_own_trades": bool(trades),
        "lists": [{"label": kind._meta.verbose_name_plural, "name": name} for name, kind in LISTS.items()],
        "crumbs": [(model._meta.verbose_name_plural, "")],
    }
    return render(request, "kb/list.html", context)


def filters_asked(request: PersonRequest) -> Filters:
    """The filters of the address; what is no number is taken as not asked."""

    def number(name: str) -> int | None:
        value = request.GET.get(name, "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    return Filters(
        text=request.GET.get("q", "").strip()[:100],
        trade=number("trade"),
        studio=number("studio"),
        equipment=number("equipment"),
        tag=number("tag"),
        kind=request.GET.get("kind", "") if request.GET.get("kind") in CasePage.Kind.values else "",
    )


def history(request: PersonRequest, page_key: uuid.UUID) -> HttpResponse:
    """All releases of a page, with what each changed. `?release=N` shows what N changed in words."""
    page = _page_for(request, page_key)
    if page is None:
        return redirect_to_login(request.get_full_path())
    releases = list(releases_of(page_key).select_related("released_by").defer("content", "text"))
    asked = next((row for row in releases if str(row.number) == request.GET.get("release")), None)
    context = {
        "page": page,
        "releases": releases,
        "asked": asked,
        "differences": _changed_by(asked) if asked else [],
        "crumbs": [(written(page.title, page.script), page.get_url(request)), (_("历次版本"), "")],
    }
    return render(request, "kb/history.html", context)


def _changed_by(release: Release) -> list[Any]:
    before = releases_of(release.page_key).filter(number=release.number - 1).first()
    return releases_compared(before, release) if before else []


def _page_for(request: PersonRequest, page_key: uuid.UUID) -> Any | None:
    """The live page of the key for this reader; None where signing in may help."""
    for model in KnowledgePage.__subclasses__():
        page = model.objects.filter(page_key=page_key, live=True).first()
        if page is None:
            continue
        if may_be_served_page(request.user, page):
            return page
        if not request.user.is_authenticated:
            return None
        raise MayNotSee
    raise Http404
