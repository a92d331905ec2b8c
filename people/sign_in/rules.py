"""When too many failed sign-ins shut an account or an address. Plain values; no Django here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within `window` shut the door for `shut`."""

    failures: int
    window: dt.timedelta
    shut: dt.timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """Failures since an instant, and until when the door is shut."""

    failures: int
    since_at: dt.datetime
    shut_until: dt.datetime | None = None


QUARTER = dt.timedelta(minutes=15)
# A whole shift may sign in from one address behind the plant's gateway, so an address is allowed many more mistakes.
LIMITS = {
    "account": Limit(5, QUARTER, QUARTER),
    "address": Limit(60, QUARTER, QUARTER),
    "code": Limit(20, QUARTER, QUARTER),
}


def attempt(count: Count | None, limit: Limit, now: dt.datetime) -> Count:
    """The count after one more attempt, which is a failure until it is taken back.

    Shut doors stay shut until their time, however often one knocks; the attempt after the last allowed failure shuts.
    """
    if count is None or (count.shut_until is None and now - count.since_at >= limit.window):
        return Count(1, now)
    if count.shut_until is not None:
        return count if now < count.shut_until else Count(1, now)
    if count.failures >= limit.failures:
        return replace(count, shut_until=now + limit.shut)
    return replace(count, failures=count.failures + 1)


def minutes_to_wait(count: Count, now: dt.datetime) -> int:
    """Whole minutes, rounded up, until the door opens; 0 where it is open."""
    if count.shut_until is None or count.shut_until <= now:
        return 0
    return -(-int((count.shut_until - now).total_seconds()) // 60) or 1
