"""The JSON door for learning events: batches, a verdict for each event."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.tracking import wording
from courses.tracking.services import ClientEvent, Saved, client_event, events_record
from people.errors import Refusal

MAX_BYTES = 64 * 1024
MAX_EVENTS = 50
MAX_REQUESTS_A_MINUTE = 60


def _problem(status: int, code: str, message: str, **headers: str) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status, headers=headers)


def _too_many(user_id: int) -> bool:
    """True beyond so many requests in this minute; counted in the cache, so it forgets by itself."""
    name = f"courses:events:{user_id}:{timezone.now():%Y%m%d%H%M}"
    cache.add(name, 0, 120)
    return cache.incr(name) > MAX_REQUESTS_A_MINUTE


@require_POST
def events(request: HttpRequest) -> JsonResponse:
    """Takes `{"events": [{key, kind, opening, payload, device_at, device_id}, …]}`.

    Answers 200 with `results` in the same order: `saved` with the learner's progress, or `refused` with code and
    message (the client drops it). 401, 413, 429 and 503 mean: keep them and try again.
    """
    if not request.user.is_authenticated:
        return _problem(401, "signed_out", _("登录已过期，请重新登录。学习记录已留在本机。"))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return _problem(413, "too_large", _("一次发送的内容太多。"))
    if _too_many(request.user.pk):
        return _problem(429, "too_many", _("发送得太频繁，请稍候。"), **{"Retry-After": "60"})
    try:
        body = json.loads(request.body)
        raws = body["events"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return _problem(400, "not_json", _("内容格式不对。"))
    if not isinstance(raws, list) or len(raws) > MAX_EVENTS:
        return _problem(413, "too_large", _("一次发送的内容太多。"))
    return JsonResponse({"results": _record(request.user, raws), "now": timezone.now().isoformat()})


def _record(user: Any, raws: list[Any]) -> list[dict[str, Any]]:
    read: list[ClientEvent | Refusal] = []
    for raw in raws:
        try:
            read.append(client_event(raw))
        except Refusal as refusal:
            read.append(refusal)
    verdicts = iter(events_record(actor=user, events=[event for event in read if isinstance(event, ClientEvent)]))
    results = []
    for raw, event in zip(raws, read, strict=True):
        verdict = next(verdicts) if isinstance(event, ClientEvent) else event
        key = raw.get("key") if isinstance(raw, dict) else None
        results.append({"key": key, **_answer(verdict)})
    return results


def _answer(verdict: Saved | Refusal) -> dict[str, Any]:
    if isinstance(verdict, Refusal):
        return {"status": "refused", "code": verdict.code, "message": str(verdict.message)}
    return {
        "status": "saved",
        "saved_at": verdict.saved_at.isoformat(),
        "lesson_done": verdict.lesson_done,
        "percent": verdict.percent,
        "completed": verdict.completed,
        "missing": wording.still_missing(verdict.missing),
    }
