"""What the search box asks while somebody types."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.suggest.selectors import Suggestion, suggestions


@require_safe
@cache_control(private=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=` → `{"rows": [{kind, label, detail, url, marks}]}`: at most eight, of what the reader may see."""
    found = suggestions(user=request.user, text=request.GET.get("q", ""))
    response = JsonResponse({"rows": [_row(one) for one in found]})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Vary"] = "Cookie, Accept-Language"
    return response


def _row(one: Suggestion) -> dict[str, Any]:
    return {
        "kind": one.kind_label,
        "label": one.label,
        "detail": one.detail,
        "url": one.url or f"{reverse('search:results')}?{urlencode({'q': one.query or ''})}",
        "marks": one.marks,
    }
