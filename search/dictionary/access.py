"""Who keeps the dictionary: editors decide; heads and masters propose; auditors read."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies.base import BasePermissionPolicy

from people.access import has_role
from people.audience.selectors import AnyUser
from people.models import Role, User
from search.dictionary.models import Term, TermState

DECIDES = (Role.EDITOR, Role.ADMINISTRATOR)
PROPOSES = (*DECIDES, Role.STUDIO_HEAD, Role.MASTER)
READS = (*PROPOSES, Role.AUDITOR)


def decides(user: AnyUser) -> bool:
    """May approve, change and delete every row."""
    return has_role(user, *DECIDES)


def proposes(user: AnyUser) -> bool:
    """May add rows, which wait for an editor unless he is one."""
    return has_role(user, *PROPOSES)


def may_change(user: AnyUser, term: Term) -> bool:
    """An editor any row; who proposed one, that one for as long as nobody decided."""
    own = term.created_by_id is not None and term.created_by_id == getattr(user, "pk", None)
    return decides(user) or (own and term.state == TermState.PROPOSED and proposes(user))


class TermPolicy(BasePermissionPolicy):
    """The same, as Wagtail's generic views ask for it."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        """On some row."""
        return has_role(user, *(READS if action == "view" else PROPOSES))

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Any) -> bool:
        """On this row."""
        return has_role(user, *READS) if action == "view" else may_change(user, instance)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Nobody asks for lists of people here: roles are dated, and their holders change by the day."""
        return User.objects.none()
