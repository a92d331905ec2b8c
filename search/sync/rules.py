"""Plain rules of sending: what a piece weighs as a hash, when a failed change is tried again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json

from search.registry import Passage, Piece

FIRST_WAIT_SECONDS = 5
LONGEST_WAIT_SECONDS = 3600
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0
_PIECE_FIELDS = tuple(field.name for field in dataclasses.fields(Piece))
_PASSAGE_FIELDS = tuple(field.name for field in dataclasses.fields(Passage))


def content_hash(piece: Piece | None, analysis_version: str) -> str:
    """A hash of everything that is sent of a piece, and of how it was cut; "" for nothing."""
    if piece is None:
        return ""
    text = json.dumps([_fields(piece), analysis_version], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(piece: Piece) -> dict[str, object]:
    """As `dataclasses.asdict`, which copies every value of every passage."""
    return {name: getattr(piece, name) for name in _PIECE_FIELDS} | {
        "passages": [{name: getattr(passage, name) for name in _PASSAGE_FIELDS} for passage in piece.passages],
        "facts": dict(piece.facts),
    }


def retry_wait(attempts: int) -> dt.timedelta:
    """How long a change waits after its n-th failure: 5 s, doubled each time, one hour at most."""
    seconds = FIRST_WAIT_SECONDS * 2 ** min(max(attempts - 1, 0), 20)
    return dt.timedelta(seconds=min(seconds, LONGEST_WAIT_SECONDS))


def pause_seconds(failures: int) -> float:
    """How long the drain rests after the engine was away n times in a row: 0.5 s, doubled, 15 s at most."""
    return min(FIRST_PAUSE_SECONDS * 2 ** min(max(failures - 1, 0), 10), LONGEST_PAUSE_SECONDS)
