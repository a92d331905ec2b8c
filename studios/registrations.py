"""What `studios` tells the packages to its right: tokens of memberships, choices of audience, names of facets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from people.audience import register_audience_choices, register_group_contributor, register_token_contributor
from people.audience.rules import token
from people.codes.registry import register_code_issuer
from people.events import person_left
from people.models import Role, User
from search import registry
from search.pages import PageSearchable
from search.suggest.asking import register_people_to_ask
from studios import rules, selectors
from studios.asking import masters_to_ask
from studios.models import Membership, MembershipRole, Studio, StudioPage
from studios.services import person_leaves

ROLE_TOKENS = {MembershipRole.HEAD: Role.STUDIO_HEAD, MembershipRole.MASTER: Role.MASTER}


def membership_tokens(user: User, day: dt.date) -> Iterator[str]:
    """`studio:<id>` for each membership of the day; heads and masters carry the role too."""
    for studio, role in Membership.objects.filter(selectors.open_on(day), person=user).values_list("studio", "role"):
        yield token("studio", studio)
        if role in ROLE_TOKENS:
            yield token("role", ROLE_TOKENS[role].value)
            yield token("role", Role.MASTER.value)


def studio_groups(person_ids: Collection[int], day: dt.date) -> dict[int, set[str]]:
    """Names of the studios' groups that each person is in on the day: members, and heads with deputies in force."""
    wanted: dict[int, set[str]] = {}
    rows = Membership.objects.filter(selectors.open_on(day), person__in=person_ids, person__is_active=True)
    for row in rows:
        names = wanted.setdefault(row.person_id, set())
        names.add(f"studio:{row.studio_id}:members")
        if row.role == MembershipRole.HEAD or rules.is_deputy(row.deputy_from_date, row.deputy_to_date, day):
            names.add(f"studio:{row.studio_id}:heads")
    return wanted


def head_answers_for(actor: User, person: User) -> bool:
    """A head prints codes for the members of his studio, but not for who leads another: a code is a password."""
    led = selectors.studios_of(actor, [MembershipRole.HEAD])
    held = Membership.objects.filter(selectors.open_on(selectors.today()), person=person)
    leads_elsewhere = held.filter(role=MembershipRole.HEAD).exclude(studio__in=led).exists()
    return not leads_elsewhere and held.filter(studio__in=led).exists()


def studio_choices() -> Iterator[tuple[str, str]]:
    """Studios that an author can name as audience."""
    for pk, name in Studio.objects.values_list("pk", "name"):
        yield token("studio", pk), name


def studio_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of studios by id, for the search facets."""
    return dict(Studio.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def left(sender: type[User], actor: User | None, person: User, last_date: dt.date, **_more: object) -> None:
    """Somebody leaves the company and so every studio."""
    person_leaves(actor=actor, person=person, to_date=last_date)


def register_all() -> None:
    """Called once when the apps are ready."""
    register_token_contributor(membership_tokens, depends_on=[(Membership, "person_id")])
    register_group_contributor("studio:", studio_groups)
    person_left.connect(left, dispatch_uid="studios.person_left")
    register_code_issuer(head_answers_for)
    register_audience_choices("studio", _("工作室"), studio_choices)
    registry.register_facet_labels("studio", studio_names)
    register_people_to_ask(masters_to_ask)
    registry.register(
        PageSearchable(StudioPage, label=_("工作室"), select=["studio"], follows={Studio: "studio"}, weight=0.6)
    )
