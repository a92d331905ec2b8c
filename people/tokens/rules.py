"""Personal tokens as plain values: how they look, how long they live, how often one may ask. No Django here."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
import secrets

# Scanners of code and logs know a secret of ours by its first letters.
HEAD = "chuan_"
SECRET_BYTES = 32
SHOWN = 8
LIVES = (30, 90, 180, 365)
LIFE = 90
MOST_LIVE = 10
USED_EVERY = dt.timedelta(hours=1)

# A whole shift may ask from one address behind the plant's gateway; one page of results is one request.
WINDOW = dt.timedelta(minutes=1)
LIMITS = {"token": 120, "person": 120, "address": 120}

FORM = re.compile(rf"{HEAD}[A-Za-z0-9_-]{{43}}")


def new_token() -> str:
    """A token with 256 bits of the system's secure source."""
    return HEAD + secrets.token_urlsafe(SECRET_BYTES)


def digest(token: str) -> str:
    """What is stored of a token: SHA-256 in hex. 256 random bits cannot be guessed, so no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def prefix(token: str) -> str:
    """What is shown of a token: enough to know it again, no help to guess it."""
    return token[: len(HEAD) + SHOWN]


def has_form(token: str) -> bool:
    """Whether a text can be a token at all."""
    return FORM.fullmatch(token) is not None


def state(*, ended_at: dt.datetime | None, expires_at: dt.datetime, now: dt.datetime) -> str:
    """`live`, `expired` or `revoked`."""
    if ended_at is not None:
        return "revoked"
    return "live" if now < expires_at else "expired"


def is_used_again(used_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the use is worth a write: at most one an hour."""
    return used_at is None or now - used_at >= USED_EVERY


def seconds_to_wait(since_at: dt.datetime, now: dt.datetime) -> int:
    """Whole seconds, rounded up, until the window of a count is over; 1 at least."""
    return max(1, math.ceil((since_at + WINDOW - now).total_seconds()))
