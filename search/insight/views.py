"""Where a results page tells that a result was opened, and where a reader hands on what he did not find."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.errors import Refusal
from search.insight import wanting as handing
from search.insight.services import opened_record
from search.rules import query_text

LONGEST_TOKEN = 600
# A whole plant may sit behind one address.
MOST_A_MINUTE = 600
WANTED_COOKIE = "wanted"


# No cookie is asked for, so no page needs one: the signed token says that our results page gave it, an outsider cannot
# make one, and one that is sent twice counts once. Nothing of the sender is read or changed.
@csrf_exempt
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """`token` of the result that was opened. 204, 400 for a token that is not ours, 429 for too many."""
    if not _within_limit(request.META.get("REMOTE_ADDR", "")):
        return HttpResponse(status=429)
    token = request.POST.get("token", "")
    good = 0 < len(token) <= LONGEST_TOKEN and opened_record(token=token)
    return HttpResponse(status=204 if good else 400)


def _within_limit(address: str) -> bool:
    name = f"search.opened.rate:{address}"
    cache.add(name, 0, 60)
    try:
        return cache.incr(name) <= MOST_A_MINUTE
    except ValueError:
        return True  # it went out of the cache this very moment


@require_POST
def wanted(request: HttpRequest) -> HttpResponse:
    """`token` of a question without a result is handed on, with `undo` taken back; then the results of `q` again."""
    back = f"{reverse('search:results')}?{urlencode({'q': query_text(request.POST.get('q', ''))})}"
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    response = HttpResponseRedirect(f"{back}#wanted")
    token, before = request.POST.get("token", ""), _remembered(request)
    try:
        if request.POST.get("undo"):
            _text, kept = handing.question_unwant(token=token, before=before)
        else:
            _text, kept = handing.question_want(actor=request.user, token=token, before=before)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return response
    response.set_cookie(
        WANTED_COOKIE,
        signing.dumps(kept, salt=_salt(request)),
        max_age=handing.SECONDS,
        path=reverse("search:results"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def wanting(request: HttpRequest, text: str) -> dict[str, Any] | None:
    """What the results page needs to offer handing a question on; None for what is not kept."""
    token = handing.wanted_token(text)
    if not token:
        return None
    done = request.user.is_authenticated and handing.wanted_name(text) in _remembered(request)
    return {"token": token, "done": done, "back": request.get_full_path()}


def _remembered(request: HttpRequest) -> handing.Wanted:
    """What this browser remembers of the person who is signed in."""
    try:
        found = signing.loads(request.COOKIES.get(WANTED_COOKIE, ""), salt=_salt(request), max_age=handing.SECONDS)
    except signing.BadSignature:
        return {}
    return dict(found)


def _salt(request: HttpRequest) -> str:
    return f"{handing.SALT}:{request.user.pk}"
