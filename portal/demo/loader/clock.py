"""The demo's own day, from which all its dates are counted, so that every load tells the same story."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

LAST_DAY = dt.date(2026, 11, 16)


def demo_day() -> dt.date:
    """The demo's day: fixed, but never in the reader's future."""
    return min(LAST_DAY, timezone.localdate())


def days_ago(days: int, hour: int = 10) -> dt.datetime:
    """An instant so many days before the demo's day, in the site's time zone."""
    day = demo_day() - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, 20), tzinfo=timezone.get_default_timezone())
