"""Reads of personal tokens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from people.models import AccessToken, User
from people.tokens import rules

ENDED_SHOWN = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner reads it. `state`: `live`, `expired` or `revoked`."""

    token: AccessToken
    state: str


def token_rows(person: User) -> list[TokenRow]:
    """The person's tokens, the live ones first; ended ones for thirty days more. One query."""
    now = timezone.now()
    rows = [
        TokenRow(token, rules.state(ended_at=token.ended_at, expires_at=token.expires_at, now=now))
        for token in AccessToken.objects.filter(person=person)
        if min(token.ended_at or now, token.expires_at) > now - ENDED_SHOWN
    ]
    return sorted(rows, key=lambda row: row.state != "live")
