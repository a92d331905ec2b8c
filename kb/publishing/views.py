"""The reviewer's queue, the author's drafts, notices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.models import Page

from kb.errors import NotReviewer
from kb.models import KnowledgePage
from kb.pages.reading import audience_words, preview_serve
from kb.publishing import services
from kb.publishing.access import may_review, review_verdict
from kb.publishing.comparison import change_in_a_line, draft_compared
from kb.publishing.forms import ApproveForm, SendBackForm
from kb.publishing.queue import in_work_for, notices_for, queue_for, state_of
from people.requests import PersonRequest
from people.script.parts import written

MOST_COMPARED = 30


@login_required
def queue(request: PersonRequest) -> HttpResponse:
    """All that waits for this reviewer, longest first, each with its difference in a line."""
    rows = queue_for(request.user)
    lines = [
        {"row": row, "change": change_in_a_line(*draft_compared(row.page.get_latest_revision_as_object()))}
        for row in rows[:MOST_COMPARED]
    ] + [{"row": row, "change": ""} for row in rows[MOST_COMPARED:]]
    decided = request.GET.get("decided", "")
    context = {"lines": lines, "tabs": _tabs("queue", len(rows)), "decided": decided if decided.isdecimal() else ""}
    return render(request, "kb/review/queue.html", context)


@login_required
def review(request: PersonRequest, page_id: int) -> HttpResponse:
    """One text: what changed, the preview, the two decisions. Reviewers only; after a decision it says so."""
    page = _page(page_id)
    if not may_review(request.user, page):
        raise NotReviewer
    approving = ApproveForm(initial=_proposed(page))
    sending_back = SendBackForm(initial={"revision": page.latest_revision_id})
    if request.method == "POST":
        is_approval = request.POST.get("decision") == "approve"
        form = ApproveForm(request.POST) if is_approval else SendBackForm(request.POST)
        if form.is_valid():
            _decide(request, page, form)
            return redirect(f"{reverse('kb:queue')}?decided={page.pk}")
        approving, sending_back = (form, sending_back) if is_approval else (approving, form)
    return render(request, "kb/review/review.html", _review_context(request, page, approving, sending_back))


def _proposed(page: Any) -> dict[str, Any]:
    draft = page.get_latest_revision_as_object()
    return {"revision": page.latest_revision_id, "note": draft.change_note, "significance": draft.significance}


def _decide(request: PersonRequest, page: Any, form: Any) -> None:
    data = form.cleaned_data
    if isinstance(form, ApproveForm):
        release = services.approve(
            actor=request.user,
            page=page,
            revision_id=data["revision"],
            note=data["note"],
            significance=data["significance"],
        )
        number = release.number if release else 0
        messages.success(request, _("已发布，现在是第 %(number)s 版。") % {"number": number})
    else:
        services.send_back(actor=request.user, page=page, revision_id=data["revision"], reason=data["reason"])
        messages.success(request, _("已退回，作者会看到您写的理由。"))


def _review_context(request: PersonRequest, page: Any, approving: Any, sending_back: Any) -> dict[str, Any]:
    draft = page.get_latest_revision_as_object()
    release, differences = draft_compared(draft)
    current = state_of(page)
    return {
        "page": page,
        "draft": draft,
        "release": release,
        "differences": differences,
        "current": current,
        "verdict": review_verdict(request.user, page),
        "workflow": page.current_workflow_state,
        "audience_words": audience_words(draft),
        "approving": approving,
        "sending_back": sending_back,
        "crumbs": [(_("审核"), reverse("kb:queue")), (written(draft.title, draft.script), "")],
    }


@login_required
@xframe_options_sameorigin
def preview(request: PersonRequest, page_id: int) -> HttpResponse:
    """The newest draft as readers would see it, for those who review or edit it."""
    page = _page(page_id)
    if not (may_review(request.user, page) or page.permissions_for_user(request.user).can_edit()):
        raise NotReviewer
    return preview_serve(page.get_latest_revision_as_object(), request)


@login_required
def mine(request: PersonRequest) -> HttpResponse:
    """The author's own pages with their states in words, and his notices."""
    context = {
        "rows": in_work_for(request.user),
        "notices": notices_for(request.user, unread_only=True)[:20],
        "tabs": _tabs("mine", None),
    }
    return render(request, "kb/review/mine.html", context)


@login_required
@require_POST
def act(request: PersonRequest, page_id: int, action: str) -> HttpResponse:
    """Submit, take back or duplicate one of one's own pages."""
    page = _page(page_id)
    if action == "submit":
        services.submit(actor=request.user, page=page)
        messages.success(request, _("已提交，负责人通过后读者就能看到。"))
    elif action == "withdraw":
        services.withdraw(actor=request.user, page=page)
        messages.success(request, _("已撤回，可以继续改。"))
    else:
        copy = services.page_duplicate(actor=request.user, page=page)
        return redirect("wagtailadmin_pages:edit", copy.pk)
    return redirect("kb:mine")


@login_required
def notice(request: PersonRequest, notice_id: int) -> HttpResponse:
    """Opens what a notice is about and marks it as read."""
    found = services.notice_read(person=request.user, notice_id=notice_id)
    if found is None:
        raise Http404
    return redirect(found.url)


@never_cache
def session(request: PersonRequest) -> JsonResponse:
    """For the editor of somebody whose sign-in ran out: whether he is signed in again, and the token to go on with."""
    return JsonResponse({"signed_in": request.user.is_authenticated, "token": get_token(request)})


def _page(page_id: int) -> Any:
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, KnowledgePage):
        raise Http404
    return page


def _tabs(current: str, waiting: int | None) -> list[dict[str, Any]]:
    return [
        {"label": _("等我审核"), "url": reverse("kb:queue"), "current": current == "queue", "count": waiting},
        {"label": _("我的稿件"), "url": reverse("kb:mine"), "current": current == "mine", "count": None},
    ]
