"""Counts failed attempts to sign in, by account and by address, in rows that every process shares."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.codes.services import may_issue
from people.errors import NotAllowed, Refusal
from people.logs import record
from people.models import SignInGuard, User
from people.models.users import staff_number_fold
from people.sign_in import rules

KEPT = dt.timedelta(days=2)


class DoorShut(Refusal):
    """Too many failures: the account or the address has to wait."""

    code = "sign_in_shut"
    status = 429

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            _(
                "连续输错次数太多，为保护账号已暂停登录。请 %(minutes)s 分钟后再试；忘记密码请找人力资源或工作室负责人要一次性密码。"
            )
            % {"minutes": minutes}
        )


def attempt_begin(*, kind: str, key: str) -> None:
    """Counts an attempt as failed before it is judged, so that attempts at the same time cannot slip through.

    Raises `DoorShut` where there were too many; what was counted stays.
    """
    now = timezone.now()
    count = _count_one(kind, key[:150], now)
    minutes = rules.minutes_to_wait(count, now)
    if minutes:
        raise DoorShut(minutes)


@transaction.atomic
def _count_one(kind: str, key: str, now: dt.datetime) -> rules.Count:
    row, made = SignInGuard.objects.select_for_update().get_or_create(
        kind=kind, key=key, defaults={"failures": 1, "since_at": now}
    )
    if made:
        return rules.Count(1, now)
    after = rules.attempt(rules.Count(row.failures, row.since_at, row.shut_until), rules.LIMITS[kind], now)
    row.failures, row.since_at, row.shut_until = after.failures, after.since_at, after.shut_until
    row.save(update_fields=["failures", "since_at", "shut_until"])
    return after


@transaction.atomic
def attempt_succeeded(*, kind: str, key: str, forgets: bool) -> None:
    """Takes the attempt back. `forgets`: the failures before it as well, as is right for an account, not an address."""
    rows = SignInGuard.objects.filter(kind=kind, key=key[:150])
    if forgets:
        rows.delete()
    else:
        rows.filter(failures__gt=0).update(failures=F("failures") - 1)


def minutes_shut(person: User) -> int:
    """Whole minutes until a person may try again to sign in; 0 where nothing keeps him out."""
    row = SignInGuard.objects.filter(kind="account", key=account_key(person.username)).first()
    return rules.minutes_to_wait(rules.Count(row.failures, row.since_at, row.shut_until), timezone.now()) if row else 0


@transaction.atomic
def account_open(*, actor: User, person: User) -> None:
    """Lets a person in who mistyped his password too often. For whom a code could be printed: it opens as well."""
    if not may_issue(actor, person):
        raise NotAllowed
    attempt_succeeded(kind="account", key=account_key(person.username), forgets=True)
    record(actor=actor, action="sign_in.opened", target=person)


def guards_prune(*, now: dt.datetime | None = None) -> int:
    """Removes counts that no longer matter; gives how many."""
    before = (now or timezone.now()) - KEPT
    return SignInGuard.objects.filter(since_at__lt=before).delete()[0]


def account_key(staff_number: str) -> str:
    """The key under which an account's failures are counted, however it was typed."""
    return staff_number_fold(staff_number)
