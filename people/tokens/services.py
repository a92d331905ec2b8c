"""Makes and ends personal tokens, knows their owner, counts requests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from people.errors import NotAllowed, NotFound
from people.logs import record
from people.models import AccessToken, ApiCount, User
from people.tokens import rules
from people.tokens.errors import TokenExpired, TokenRevoked, TokenWrong, TooManyRequests, TooManyTokens


@dataclass(frozen=True, slots=True)
class Made:
    """A new token. Its text is nowhere else but here."""

    row: AccessToken
    text: str


@transaction.atomic
def token_make(*, person: User, name: str, days: int = rules.LIFE) -> Made:
    """A token of one's own that reads for `days`. Refuses `TooManyTokens`; ValueError for a life that is not offered."""
    if days not in rules.LIVES:
        raise ValueError(f"no token lives {days} days")
    now = timezone.now()
    User.objects.select_for_update().get(pk=person.pk)
    if AccessToken.objects.filter(person=person, ended_at=None, expires_at__gt=now).count() >= rules.MOST_LIVE:
        raise TooManyTokens
    text = rules.new_token()
    row = AccessToken.objects.create(
        person=person,
        name=name.strip(),
        prefix=rules.prefix(text),
        token_hash=rules.digest(text),
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    record(actor=person, action="token.made", target=person, data={**_named(row), "days": days})
    return Made(row, text)


@transaction.atomic
def token_revoke(*, actor: User, token_id: int, answers: bool) -> AccessToken:
    """Ends a token for good; an ended one stays as it is.

    The owner may, and who answers for the owner's sign-in (`answers`: judged by the caller). `NotFound` where there is
    none, `NotAllowed` for all others.
    """
    row = AccessToken.objects.select_for_update(of=("self",)).select_related("person").filter(pk=token_id).first()
    if row is None:
        raise NotFound
    if actor.pk != row.person_id and not answers:
        raise NotAllowed
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.ended = AccessToken.Ended.BY_OWNER if actor.pk == row.person_id else AccessToken.Ended.BY_KEEPER
        row.save(update_fields=["ended_at", "ended"])
        record(actor=actor, action="token.revoked", target=row.person, data=_named(row))
    return row


@transaction.atomic
def tokens_end(*, actor: User | None, person: User, why: AccessToken.Ended) -> int:
    """Ends all tokens of a person for good, also should the account be opened again. Gives how many."""
    ended = AccessToken.objects.filter(person=person, ended_at=None).update(ended_at=timezone.now(), ended=why)
    if ended:
        record(actor=actor, action="token.revoked", target=person, data={"count": ended, "why": why.value})
    return ended


def token_owner(*, text: str) -> AccessToken:
    """The live token of that text, with its person; its use is noted once an hour.

    Raises `TokenWrong`, `TokenExpired`, `TokenRevoked`. Only who shows the whole token is told which.
    """
    row = None
    if rules.has_form(text):
        row = AccessToken.objects.select_related("person").filter(token_hash=rules.digest(text)).first()
    if row is None:
        raise TokenWrong
    now = timezone.now()
    state = rules.state(ended_at=row.ended_at, expires_at=row.expires_at, now=now)
    if state == "revoked" or not row.person.is_active:
        raise TokenRevoked
    if row.person.left_date is not None and row.person.left_date < timezone.localdate(now):
        raise TokenRevoked
    if state == "expired":
        raise TokenExpired
    if rules.is_used_again(row.used_at, now):
        AccessToken.objects.filter(pk=row.pk).update(used_at=now)
    return row


def request_count(*, kind: str, key: str) -> None:
    """Counts one request of a caller; raises `TooManyRequests` beyond the limit of the running minute.

    One conditional UPDATE in the ordinary case, so that processes asking at once cannot slip through; a caller who is
    refused costs no write.
    """
    now = timezone.now()
    fresh = now - rules.WINDOW
    rows = ApiCount.objects.filter(kind=kind, key=key[:64])
    while True:
        running = rows.filter(since_at__gt=fresh)
        if running.filter(requests__lt=rules.LIMITS[kind]).update(requests=F("requests") + 1):
            return
        if rows.filter(since_at__lte=fresh).update(requests=1, since_at=now):
            return
        row = rows.first()
        if row is not None and row.since_at > fresh and row.requests >= rules.LIMITS[kind]:
            raise TooManyRequests(rules.seconds_to_wait(row.since_at, now))
        if row is None and _count_begin(kind, key[:64], now):
            return


def _count_begin(kind: str, key: str, now: dt.datetime) -> bool:
    """The first row of a caller; False where another process was quicker."""
    try:
        with transaction.atomic():
            ApiCount.objects.create(kind=kind, key=key, requests=1, since_at=now)
    except IntegrityError:
        return False
    return True


def counts_prune(*, now: dt.datetime | None = None) -> int:
    """Removes counts whose minute is long over; gives how many."""
    before = (now or timezone.now()) - dt.timedelta(days=1)
    return ApiCount.objects.filter(since_at__lt=before).delete()[0]


def _named(row: AccessToken) -> dict[str, object]:
    return {"token": row.pk, "name": row.name, "prefix": row.prefix}
