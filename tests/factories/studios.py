"""Makes studios for tests through the product's own service."""

from __future__ import annotations

from typing import Any

from people.models import Unit, User
from studios.models import Membership, MembershipRole, Studio
from studios.services import member_add, studio_create
from tests.factories.people import UnitFactory, UserFactory


def make_unit(name: str = "", parent: Unit | None = None) -> Unit:
    """A unit of the tree; a root where no parent is given."""
    return UnitFactory(parent=parent, **({"name": name} if name else {}))


def make_person(name: str = "", **fields: Any) -> User:
    """An active person with a staff number of his own."""
    return UserFactory(**({"name": name} if name else {}), **fields)


def make_studio(*, leader: User | None = None, unit: Unit | None = None, **fields: Any) -> Studio:
    """A studio with page, groups, collection and workflow, led by a person of its own."""
    return studio_create(
        actor=None, leader=leader or make_person(), unit=unit or make_unit(), **{"honour_level": "city", **fields}
    )


def make_member(studio: Studio, role: str = MembershipRole.MEMBER, person: User | None = None) -> Membership:
    """A member from today on."""
    return member_add(actor=None, studio=studio, person=person or make_person(), role=role)
