"""My learning: go on where I was."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.enrolment.selectors import enrolments_of
from courses.lessons.selectors import courses_visible_to
from courses.reports.selectors import may_see_reports
from courses.tracking.selectors import learning_cards
from people.requests import PersonRequest

OFFERED = 12


@require_GET
@login_required
def learning(request: PersonRequest) -> HttpResponse:
    """What I am learning, what I have learnt, and what else there is."""
    cards = learning_cards(request.user)
    mine = enrolments_of(request.user).filter(withdrawn_at=None).values("course_key")
    offered = courses_visible_to(request.user).exclude(page_key__in=mine).order_by("-first_published_at")
    context = {
        "may_see_reports": may_see_reports(request.user),
        "running": [card for card in cards if not card.is_done],
        "finished": [card for card in cards if card.is_done],
        "offered": offered.select_related("cover")[:OFFERED],
    }
    return render(request, "courses/learning.html", context)
