"""Makes studios for tests through the product's own service."""

from __future__ import annotations

import itertools
from typing import Any

from people.models import Unit, User
from studios.models import Membership, MembershipRole, Studio
from studios.services import member_add, studio_create

_numbers = itertools.count(1)


def make_unit(name: str = "", parent: Unit | None = None, **fields: Any) -> Unit:
    """A unit of the tree; a company where no parent is given."""
    number = next(_numbers)
    values = {
        "code": f"SU{number}",
        "name": name or f"单位{number}",
        "kind": "workshop" if parent else "company",
        **fields,
    }
    return parent.add_child(**values) if parent else Unit.add_root(**values)


def make_person(name: str = "", **fields: Any) -> User:
    """An active person with a staff number of his own."""
    number = next(_numbers)
    return User.objects.create_user(f"S{number:05d}", password="a-long-pass-1", name=name or f"工友{number}", **fields)


def make_studio(*, leader: User | None = None, unit: Unit | None = None, **fields: Any) -> Studio:
    """A studio with page, groups, collection and workflow, led by a person of its own."""
    return studio_create(
        actor=None, leader=leader or make_person(), unit=unit or make_unit(), **{"honour_level": "city", **fields}
    )


def make_member(studio: Studio, role: str = MembershipRole.MEMBER, person: User | None = None) -> Membership:
    """A member from today on."""
    return member_add(actor=None, studio=studio, person=person or make_person(), role=role)
