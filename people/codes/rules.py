"""Printed one-time codes as plain values; no Django here."""

from __future__ import annotations

import datetime as dt
import secrets

# No 0/O, 1/I/L, U/V, 2/Z, 5/S, 8/B: a code is read off paper, often by phone.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 8
LIFE = dt.timedelta(days=7)
FAILURES_ALLOWED = 5


def new_code() -> str:
    """Eight letters and figures, about 36 bits, from the system's secure source."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def folded(typed: str) -> str:
    """What was typed, without case, blanks and dashes."""
    return "".join(char for char in typed.upper() if char.isalnum())


def usable(*, expires_at: dt.datetime, used_at: dt.datetime | None, failures: int, now: dt.datetime) -> bool:
    """Whether a code may still be tried."""
    return used_at is None and failures < FAILURES_ALLOWED and now < expires_at
