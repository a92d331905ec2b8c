"""Who calls the API: a token, a session, or the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest
from django.utils import timezone, translation
from ninja.security import HttpBearer

from people.errors import Refusal
from people.models import User
from people.roles.services import groups_sync
from people.tokens.errors import AuthorizationWrong, PasswordFirst
from people.tokens.services import request_count, token_owner


@dataclass(frozen=True, slots=True)
class Caller:
    """By what the caller came in: `token`, `person` (a session) or `address` (the public), and its key."""

    kind: str
    key: str


class Door(HttpBearer):
    """Sets `request.user` to the caller and counts him.

    A token wins over a session. A header that is wrong is refused: falling back to what the public sees would look
    like an answer. Nothing is written to the session, so no cookie is set.
    """

    def __call__(self, request: HttpRequest) -> Any:
        header = request.headers.get(self.header, "")
        if header:
            caller = self._by_header(request, header)
        elif request.user.is_authenticated:
            caller = Caller("person", str(request.user.pk))
        else:
            caller = Caller("address", get_ip(request))
        request_count(kind=caller.kind, key=caller.key)
        if request.user.is_authenticated and request.user.must_change_password:
            raise PasswordFirst
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller of a token; raises what `token_owner` refuses."""
        row = token_owner(text=token)
        _become(request, row.person)
        return Caller("token", str(row.pk))

    def _by_header(self, request: HttpRequest, header: str) -> Caller:
        scheme, _blank, token = header.strip().partition(" ")
        try:
            if scheme.lower() != self.openapi_scheme:
                raise AuthorizationWrong
            return self.authenticate(request, token.strip())
        except Refusal:
            # Wrong tokens are counted by address; who tries too many hears that instead.
            request_count(kind="address", key=get_ip(request))
            raise


def _become(request: HttpRequest, person: User) -> None:
    """The rest of the request is this person's: rights, groups of today, language, the name in the log."""
    request.user = person
    request.__dict__["_cached_user"] = person
    if person.groups_date != timezone.localdate():
        groups_sync(person_ids=[person.pk])
    translation.activate(person.language)
