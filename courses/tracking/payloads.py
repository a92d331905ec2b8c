"""What a client may say in an event. Plain values; whatever is not named here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courses.lessons.intervals import union
from courses.lessons.state import EXPERIENCED, LAUNCHED, PROGRESSED
from courses.tracking.clock import MAX_SECONDS

CLIENT_KINDS = frozenset({LAUNCHED, PROGRESSED, EXPERIENCED})
MAX_SPANS = 50
MAX_VIDEO_MS = 6 * 3600 * 1000


class PayloadFault(ValueError):
    """The payload is not what its kind allows."""


def _whole(value: object, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= high:
        raise PayloadFault(f"not a whole number from 0 to {high}")
    return value


def _spans(value: object) -> list[list[int]]:
    if not isinstance(value, list) or len(value) > MAX_SPANS:
        raise PayloadFault("not a list of spans")
    spans = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise PayloadFault("not a pair")
        start, end = _whole(pair[0], MAX_VIDEO_MS), _whole(pair[1], MAX_VIDEO_MS)
        if end < start:
            raise PayloadFault("a span ends before it starts")
        spans.append((start, end))
    return [list(span) for span in union(spans)]


def client_payload(kind: str, raw: object) -> dict[str, Any]:
    """The payload as it is stored: `seconds` of study, `watched` spans and `position_ms` of a video.

    Raises PayloadFault for a kind that clients may not send, an unknown field, or a value out of range.
    """
    if kind not in CLIENT_KINDS:
        raise PayloadFault("not a kind that clients may send")
    if not isinstance(raw, Mapping):
        raise PayloadFault("not an object")
    known = {"seconds"} if kind != PROGRESSED else {"seconds", "watched", "position_ms"}
    if set(raw) - known:
        raise PayloadFault("unknown fields")
    clean: dict[str, Any] = {}
    if "seconds" in raw:
        clean["seconds"] = _whole(raw["seconds"], MAX_SECONDS)
    if "watched" in raw:
        clean["watched"] = _spans(raw["watched"])
    if "position_ms" in raw:
        clean["position_ms"] = _whole(raw["position_ms"], MAX_VIDEO_MS)
    return clean
