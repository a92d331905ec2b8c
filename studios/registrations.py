"""What `studios` tells the packages to its right: tokens of memberships, choices of audience, names of facets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from people.audience import register_audience_choices, register_token_contributor
from people.audience.rules import token
from people.models import Role, User
from search import registry
from search.pages import PageSearchable
from studios import selectors
from studios.models import Membership, MembershipRole, Studio, StudioPage

ROLE_TOKENS = {MembershipRole.HEAD: Role.STUDIO_HEAD, MembershipRole.MASTER: Role.MASTER}


def membership_tokens(user: User, day: dt.date) -> Iterator[str]:
    """`studio:<id>` for each membership of the day; heads and masters carry the role too."""
    for studio, role in Membership.objects.filter(selectors.open_on(day), person=user).values_list("studio", "role"):
        yield token("studio", studio)
        if role in ROLE_TOKENS:
            yield token("role", ROLE_TOKENS[role].value)
            yield token("role", Role.MASTER.value)


def studio_choices() -> Iterator[tuple[str, str]]:
    """Studios that an author can name as audience."""
    for pk, name in Studio.objects.values_list("pk", "name"):
        yield token("studio", pk), name


def studio_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of studios by id, for the search facets."""
    return dict(Studio.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def register_all() -> None:
    """Called once when the apps are ready."""
    register_token_contributor(membership_tokens, depends_on=[(Membership, "person_id")])
    register_audience_choices("studio", _("工作室"), studio_choices)
    registry.register_facet_labels("studio", studio_names)
    registry.register(
        PageSearchable(StudioPage, label=_("工作室"), select=["studio"], follows={Studio: "studio"})
    )
