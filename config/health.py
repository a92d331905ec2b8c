"""`/healthz`: does everything that the site needs answer, and does anything wait too long."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from kb.files.reading.models import FileReading, ReadingState
from search.engines import get_engine
from search.engines.contract import EngineUnavailable
from search.models import SearchObject, SearchSent
from search.selectors import late_changes

# Older than this, waiting work means that its process is not running.
LATE = dt.timedelta(minutes=5)
Part = dict[str, Any]


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"ok": True, "engine": connection.vendor}


def _search() -> Part:
    try:
        engine = get_engine()
        return {"ok": True, "engine": engine.name, **engine.status()}
    except EngineUnavailable:
        # The reason may hold an address: it is in the log, not here.
        return {"ok": False}


def _pending_changes() -> Part:
    now = timezone.now()
    due = SearchObject.objects.filter(due_at__isnull=False)
    late = late_changes(now - LATE).exists()
    return {"ok": not late, "waiting": due.count(), "failed": SearchSent.objects.filter(attempts__gt=0).count()}


def _tasks() -> Part:
    now = timezone.now()
    tasks = DBTaskResult.objects.exclude(backend_name="files")
    ready = tasks.filter(status="READY").filter(Q(run_after__isnull=True) | Q(run_after__lte=now))
    late = ready.filter(enqueued_at__lt=now - LATE).exists()
    return {"ok": not late, "waiting": ready.count(), "failed": tasks.filter(status="FAILED").count()}


def _files() -> Part:
    """A hundred books uploaded at once wait for hours and all is well, as long as one after the other is read."""
    now = timezone.now()
    waiting = FileReading.objects.filter(state=ReadingState.WAITING).filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    )
    late = waiting.filter(queued_at__lt=now - LATE).exists()
    at_work = FileReading.objects.filter(Q(lease_until__gt=now) | Q(finished_at__gt=now - LATE)).exists()
    failed = FileReading.objects.filter(state=ReadingState.FAILED).count()
    return {"ok": at_work or not late, "waiting": waiting.count(), "failed": failed}


PARTS: dict[str, Callable[[], Part]] = {
    "database": _database,
    "search": _search,
    "pending_changes": _pending_changes,
    "tasks": _tasks,
    "files": _files,
}


def _ask(look: Callable[[], Part]) -> Part:
    started = time.perf_counter()
    try:
        told = look()
    except DatabaseError:
        told = {"ok": False}
    return {**told, "ms": round((time.perf_counter() - started) * 1000)}


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 where every part is well, else 503; each part with its figures. Holds nothing secret."""
    parts = {name: _ask(look) for name, look in PARTS.items()}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers: for restarts, not for alarms."""
    return JsonResponse({"ok": True})
