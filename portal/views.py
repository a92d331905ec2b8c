"""The start page and "my page"."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.tracking.selectors import learning_cards
from portal import selectors
from portal.today import tasks_of, waiting_for
from portal.tools import tools_of

FRESH = 6
STUDIOS = 6
WORDS = 6
FIRST = 3
LEARNING = 2


def home(request: HttpRequest) -> HttpResponse:
    """The search box, what waits, what goes on, what is new in one's trade, the studios."""
    user = request.user
    trade = selectors.trade_of(user)
    fresh = selectors.newest(user, trade, FRESH) if trade else []
    if not fresh:
        trade, fresh = None, selectors.newest(user, None, FRESH)
    context = {
        "trade": trade,
        "fresh": selectors.cards(fresh, request),
        "words": selectors.common_words(fresh, WORDS),
        "studios": selectors.studios_shown(user, STUDIOS),
        "tasks": waiting_for(user)[:FIRST] if user.is_authenticated else [],
        "learning": [card for card in learning_cards(user) if not card.is_done and card.resume_url][:LEARNING],
    }
    return render(request, "portal/home.html", context)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Today's three things first, then all the rest that is one's own."""
    tasks = tasks_of(request.user)
    context = {
        "first": tasks[:FIRST],
        "rest": tasks[FIRST:],
        "tools": tools_of(request.user),
        "trade": selectors.trade_of(request.user),
    }
    return render(request, "portal/me.html", context)
