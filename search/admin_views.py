"""The administrator's page: how search is doing, what failed and why, what to do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.access import require_role
from people.models import Role
from search import selectors
from search.engines.contract import EngineUnavailable
from search.furniture import furniture
from search.models import SearchAudit
from search.services.audits import audit_ask, rebuild_ask
from search.services.objects import objects_retry
from search.suggest.backlog import backlog_objects
from search.tasks import audit_run

AUDITS_SHOWN = 5


@require_safe
@require_role(Role.ADMINISTRATOR)
def state(request: HttpRequest) -> HttpResponse:
    """Engine, indexes, waiting and failed changes, the last audits."""
    context: dict[str, Any] = {
        **furniture(_("检索状态"), "search", []),
        "health": selectors.health(),
        "indexes": selectors.index_states(),
        "to_be_suggested": len(backlog_objects()),
        "failed": selectors.failed_rows(),
        "waiting": selectors.waiting_rows(),
        "audits": SearchAudit.objects.select_related("asked_by")[:AUDITS_SHOWN],
    }
    return render(request, "search/admin_state.html", context)


@require_POST
@require_role(Role.ADMINISTRATOR)
def retry(request: HttpRequest) -> HttpResponse:
    """`object`: one failed change is tried again at once; without it all of them."""
    one = request.POST.get("object", "")
    failed = selectors.failed_changes()
    if one.isascii() and one.isdigit():
        failed = failed.filter(object_id=int(one))
    count = objects_retry(failed.values_list("object_id", flat=True))
    messages.success(request, _("已安排重试：%(count)s 项。") % {"count": count})
    return _back()


@require_POST
@require_role(Role.ADMINISTRATOR)
def audit(request: HttpRequest) -> HttpResponse:
    """Starts an audit in the background."""
    row = audit_ask(actor=request.user)
    audit_run.enqueue(row.pk)
    messages.success(request, _("核对已开始，完成后结果显示在本页。"))
    return _back()


@require_POST
@require_role(Role.ADMINISTRATOR)
def rebuild(request: HttpRequest) -> HttpResponse:
    """Starts a rebuild; search goes on meanwhile."""
    try:
        name = rebuild_ask(actor=request.user)
    except EngineUnavailable:
        messages.error(request, _("搜索引擎连不上，等它恢复后再重建。"))
    else:
        messages.success(request, _("正在重建 %(name)s，建完自动切换，其间照常搜索。") % {"name": name})
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("search_state"))
