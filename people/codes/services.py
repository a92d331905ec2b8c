"""Writes one-time codes: made for printing, tried, used once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from people.codes import rules
from people.codes.registry import answers_for
from people.errors import NotAllowed, Refusal
from people.logs import record
from people.models import OneTimeCode, Role, User
from people.models.users import staff_number_fold
from people.roles.rules import may_hand_out_sign_in
from people.roles.selectors import grants_now_or_later, places_of, reach_of

SALT = "people.codes"
ROLES_A_HEAD_MAY_HELP = frozenset({Role.TRAINEE, Role.MASTER, Role.STUDIO_HEAD})


class CodeWrong(Refusal):
    """The code does not fit, is over, used, or was tried too often: which of these is not told."""

    code = "code_wrong"
    status = 400
    message = _("工号或一次性密码不对，或者已经过期、用过。请核对后再试；还不行请重新要一张。")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person. The code is nowhere else but here."""

    person: User
    code: str
    row: OneTimeCode


def may_issue(actor: User, person: User) -> bool:
    """Whether the actor may print a code for a person: HR within reach, or who answers for him.

    Never for somebody who holds a role that the actor could not grant: a code is as good as that person's password.
    """
    if not person.is_active:
        return False
    theirs = grants_now_or_later(person)
    if may_hand_out_sign_in(reach_of(actor), places_of(person), theirs):
        return True
    return all(role in ROLES_A_HEAD_MAY_HELP for role, _reach in theirs) and answers_for(actor, person)


@transaction.atomic
def code_make(*, actor: User, person: User) -> Slip:
    """A new code for a person; earlier ones are void. Refuses (`NotAllowed`) who may not."""
    if not may_issue(actor, person):
        raise NotAllowed
    now = timezone.now()
    OneTimeCode.objects.filter(person=person, used_at=None, expires_at__gt=now).update(expires_at=now)
    code = rules.new_code()
    row = OneTimeCode.objects.create(
        person=person, code_hash=_hash(person, code), made_by=actor, expires_at=now + rules.LIFE
    )
    record(actor=actor, action="code.printed", target=person, data={"code": row.pk})
    return Slip(person, rules.shown(code), row)


def code_try(*, staff_number: str, typed: str) -> OneTimeCode:
    """The code that fits, still unused; otherwise the try counts and `CodeWrong` is raised."""
    now = timezone.now()
    person = User.objects.filter(username=staff_number_fold(staff_number), is_active=True).first()
    rows = OneTimeCode.objects.filter(person=person, used_at=None, expires_at__gt=now) if person else ()
    given = rules.folded(typed)
    for row in rows:
        open_ = rules.usable(expires_at=row.expires_at, used_at=row.used_at, failures=row.failures, now=now)
        if open_ and hmac.compare_digest(row.code_hash, _hash(row.person, given)):
            return row
    if person:
        OneTimeCode.objects.filter(person=person, used_at=None, expires_at__gt=now).update(failures=F("failures") + 1)
    raise CodeWrong


@transaction.atomic
def password_set_by_code(*, code_id: int, password: str) -> User:
    """Uses the code up and sets the person's password. Raises `CodeWrong` where it was used meanwhile."""
    now = timezone.now()
    row = OneTimeCode.objects.select_for_update().select_related("person").filter(pk=code_id).first()
    if (
        row is None
        or not row.person.is_active
        or not rules.usable(expires_at=row.expires_at, used_at=row.used_at, failures=row.failures, now=now)
    ):
        raise CodeWrong
    row.used_at = now
    row.save(update_fields=["used_at"])
    person = row.person
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    record(actor=person, action="password.set_by_code", target=person, data={"code": row.pk})
    return person


def _hash(person: User, code: str) -> str:
    # A keyed digest, not a slow hash: 36 random bits, seven days, five tries, and the key is not in the database.
    return salted_hmac(SALT, f"{person.pk}:{code}", algorithm="sha256").hexdigest()


def has_password(person: User) -> bool:
    """Whether a password was ever set."""
    return bool(person.password) and not person.password.startswith(UNUSABLE_PASSWORD_PREFIX)
