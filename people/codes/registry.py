"""Who besides HR may print a code for a person: packages above say so (a studio's head for his members)."""

from __future__ import annotations

from collections.abc import Callable

from people.models import User

Issuer = Callable[[User, User], bool]

_issuers: list[Issuer] = []


def register_code_issuer(issuer: Issuer) -> None:
    """`issuer(actor, person)`: whether the actor answers for the person. Called in `AppConfig.ready`."""
    _issuers.append(issuer)


def answers_for(actor: User, person: User) -> bool:
    """Whether any package says that the actor answers for the person."""
    return any(issuer(actor, person) for issuer in _issuers)
