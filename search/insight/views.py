"""Where a results page tells that a result was opened."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.insight.services import opened_record

LONGEST_TOKEN = 600
# A whole plant may sit behind one address.
MOST_A_MINUTE = 600


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
