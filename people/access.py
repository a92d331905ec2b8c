"""Who may act: roles with their reach, asked in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase

from people.audience.standing import standing_of
from people.errors import NotAllowed
from people.models import Role, Unit, User

View = Callable[..., HttpResponseBase]


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """Codes of the roles held today, wherever they reach; a superuser is an administrator."""
    tokens = standing_of(user).tokens
    found = {token.partition(":")[2] for token in tokens if token.startswith("role:")}
    if getattr(user, "is_superuser", False) and user.is_active:
        found.add(Role.ADMINISTRATOR.value)
    return frozenset(found)


def has_role(user: User | AnonymousUser, *roles: str, unit: Unit | None = None) -> bool:
    """Whether the person holds one of the roles today.

    With a unit: whether the role reaches it, that is, was granted for the whole site, that unit or one above it.
    Everybody who is active is a trainee; roles derived from memberships of studios count where no unit is asked.
    """
    if not roles_of(user).intersection(roles):
        return False
    if unit is None or (getattr(user, "is_superuser", False) and Role.ADMINISTRATOR in roles):
        return True
    return any(
        grant.role in roles and (grant.unit_path is None or unit.path.startswith(grant.unit_path))
        for grant in standing_of(user).grants
    )


def units_within_reach(user: User | AnonymousUser, *roles: str) -> QuerySet[Unit]:
    """The units that one of the roles reaches: all for a grant over the whole site."""
    if getattr(user, "is_superuser", False) and Role.ADMINISTRATOR in roles:
        return Unit.objects.all()
    paths = [grant.unit_path for grant in standing_of(user).grants if grant.role in roles]
    if None in paths:
        return Unit.objects.all()
    reach = Q(pk__in=[])
    for path in paths:
        reach |= Q(path__startswith=path)
    return Unit.objects.filter(reach)


def require_role(*roles: str) -> Callable[[View], View]:
    """Lets a view be used by holders of one of the roles and by administrators.

    Anonymous readers are sent to sign in and come back; others get the page that says they may not.
    """
    wanted = (*roles, Role.ADMINISTRATOR)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not has_role(request.user, *wanted):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return guarded

    return decorate
