"""The demo's own day, from which its history is counted, so that every load tells the same story."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

LAST_DAY = dt.date(2026, 11, 16)


def demo_day() -> dt.date:
    """The demo's day: fixed, but never in the reader's future."""
    return min(LAST_DAY, timezone.localdate())


def days_ago(days: int, hour: int = 10) -> dt.datetime:
    """An instant so many days before the demo's day, in the site's time zone: for what is long done."""
    return _instant(demo_day(), days, hour)


def days_before_loading(days: int, hour: int = 10) -> dt.datetime:
    """An instant so many days before today: for what goes on, such as a text that waits or a course half done."""
    return _instant(timezone.localdate(), days, hour)


def _instant(day: dt.date, days: int, hour: int) -> dt.datetime:
    day -= dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, 20), tzinfo=timezone.get_default_timezone())
