"""Logs: one JSON object a line in production, readable lines elsewhere; each carries the request's id."""

from __future__ import annotations

import contextvars
import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = ("/static/", "/healthz")

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
log = logging.getLogger("chuancheng.request")


class RequestIdFilter(logging.Filter):
    """Puts the id of the request being served into every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RequestLogMiddleware:
    """Stands first: gives the request an id (a proxy's where it sent one) and writes one line when it is answered.

    Neither the query (it holds what people searched) nor the body is written; the person is named by row id.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get(HEADER, "")
        number = asked if ACCEPTABLE.fullmatch(asked) else uuid.uuid4().hex
        token, started = request_id.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            if not request.path.startswith(QUIET):
                self._write(request, response, started)
            return response
        finally:
            request_id.reset(token)

    def _write(self, request: HttpRequest, response: HttpResponse, started: float) -> None:
        # Only a user that was looked at anyway: asking here would cost a query.
        user = request.__dict__.get("_cached_user")
        facts: dict[str, Any] = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000),
            "user": getattr(user, "pk", None),
        }
        log.info("%(method)s %(path)s %(status)s %(ms)s ms", facts, extra=facts)


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Django's LOGGING. `form`: "json" or "text"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "config.logs.RequestIdFilter"}},
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s %(process)d",
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
                "json_ensure_ascii": False,
            },
            "text": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        },
        "handlers": {
            # The handler has the level too: workers of the task queue raise that of their loggers by themselves.
            "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["request_id"], "level": level}
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            name: {"level": level}
            for name in (
                "chuancheng",
                "config",
                "portal",
                "courses",
                "kb",
                "studios",
                "search",
                "people",
                "django_tasks_db",
            )
        }
        # Every request that is asked of another node would be sixty lines of traceback; that a node fell is told by
        # elastic_transport.node_pool in one.
        | {"elastic_transport.transport": {"level": "ERROR"}},
    }
