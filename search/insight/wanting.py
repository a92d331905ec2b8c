"""A reader hands on what he did not find: counted for masters and editors, without him.

The results page gives a signed token for a question without a result; whoever is signed in sends it back. That he did,
only his browser knows (a signed cookie of a day), so he can take it back; the server keeps a number.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core import signing
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from people.models import User
from search.insight import rules
from search.insight.errors import NothingToHandOn, TooManyHandedOn
from search.insight.models import AskedCount
from search.insight.services import large_trades

SALT = "search.wanted"
SECONDS = 24 * 3600
MOST_A_DAY = 10
LONGEST_TOKEN = 600
Wanted = dict[str, str]


def wanted_token(text: str) -> str:
    """What the results page gives a question that found nothing; "" for what is not kept (`rules.kept_text`)."""
    kept = rules.kept_text(text)
    return signing.dumps(kept, salt=SALT) if kept else ""


def wanted_name(text: str) -> str:
    """By what a browser remembers a question: not the words themselves."""
    return hashlib.sha256(rules.kept_text(text).encode()).hexdigest()[:16]


def question_want(*, actor: User, token: str, before: Wanted) -> tuple[str, Wanted]:
    """Counts the question once for this person and day; gives its words and what his browser is to remember.

    `before`: what it remembers, day by name. Raises NothingToHandOn, TooManyHandedOn.
    """
    text, today = _text(token), timezone.localdate()
    name = wanted_name(text)
    kept = {one: day for one, day in before.items() if day == today.isoformat()}
    if name in kept:
        return text, kept
    if len(kept) >= MOST_A_DAY or not _within_limit(actor, today):
        raise TooManyHandedOn
    trade = large_trades([actor.pk]).get(actor.pk)
    AskedCount.objects.create(date=today, text=text, trade_id=trade, count=0, none=0, wanted=1)
    return text, {**kept, name: today.isoformat()}


@transaction.atomic
def question_unwant(*, token: str, before: Wanted) -> tuple[str, Wanted]:
    """Takes it back, where this browser remembers it; the same answer as `question_want`. Raises NothingToHandOn."""
    text = _text(token)
    name = wanted_name(text)
    date = _date(before.get(name, ""))
    if date is not None:
        rows = AskedCount.objects.filter(date=date, text=text, wanted__gt=0).order_by("pk")
        if connection.features.has_select_for_update:
            rows = rows.select_for_update()
        row = rows.first()
        if row is not None:
            AskedCount.objects.filter(pk=row.pk).update(wanted=F("wanted") - 1)
            AskedCount.objects.filter(pk=row.pk, wanted=0, count=0).delete()
    return text, {one: day for one, day in before.items() if one != name}


def _text(token: str) -> str:
    try:
        text = signing.loads(token[:LONGEST_TOKEN], salt=SALT, max_age=SECONDS)
    except signing.BadSignature as reason:
        raise NothingToHandOn from reason
    return str(text)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _within_limit(actor: User, today: dt.date) -> bool:
    """A cookie can be thrown away; so a number is kept for the account too, until tomorrow."""
    name = f"search.wanted.rate:{today}:{actor.pk}"
    cache.add(name, 0, SECONDS)
    try:
        return cache.incr(name) <= MOST_A_DAY * 2
    except ValueError:
        return True  # it went out of the cache this very moment
