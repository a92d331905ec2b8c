"""A change of role is a new dated row: who was head on a day in the past stays known."""

from __future__ import annotations

import datetime as dt

from studios.models import Membership


def role_change(membership: Membership, *, role: str, from_date: dt.date) -> Membership:
    """Gives the open membership another role from a day on; gives the row that is open afterwards.

    Runs inside the caller's transaction.
    """
    if membership.role == role:
        return membership
    if from_date <= membership.from_date:
        membership.role = role
        membership.save(update_fields=["role"])
        return membership
    kept = {name: getattr(membership, name) for name in ("post", "skill_level", "education", "age_band")}
    membership.to_date = from_date - dt.timedelta(days=1)
    membership.save(update_fields=["to_date"])
    return Membership.objects.create(
        studio=membership.studio, person=membership.person, role=role, from_date=from_date, **kept
    )
