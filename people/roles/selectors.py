"""Which roles people hold, with their reach."""

from __future__ import annotations

from django.utils import timezone

from people.audience.standing import in_force, standing_of
from people.models import Posting, Role, RoleGrant, User


def reach_of(user: User) -> list[tuple[str, str | None]]:
    """The roles held today as (role, path of the unit or None); a superuser is an administrator."""
    held = [(grant.role, grant.unit_path) for grant in standing_of(user).grants]
    if user.is_superuser and user.is_active:
        held.append((Role.ADMINISTRATOR.value, None))
    return held


def grants_now_or_later(person: User) -> list[tuple[str, str | None]]:
    """Roles that the person holds or will hold, as (role, path); a superuser is an administrator."""
    today = timezone.localdate()
    rows = RoleGrant.objects.filter(person=person).exclude(to_date__lt=today)
    held = list(rows.order_by("pk").values_list("role", "unit__path"))
    if person.is_superuser:
        held.append((Role.ADMINISTRATOR.value, None))
    return held


def places_of(person: User) -> list[str]:
    """Paths of the units where the person is posted today; of those of his latest posting where he has none."""
    rows = Posting.objects.filter(person=person)
    current = list(rows.filter(in_force(timezone.localdate())).values_list("unit__path", flat=True))
    if current:
        return current
    last = rows.order_by("-from_date", "-pk").values_list("unit__path", flat=True).first()
    return [last] if last else []
