"""What `people` itself lets authors choose: units and roles."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.audience import rules
from people.audience.registry import register_audience_choices
from people.models import Role, Unit


def unit_choices() -> Iterable[tuple[str, str]]:
    """Units in use, each indented by its depth, in the order of the tree."""
    for unit in Unit.objects.filter(is_active=True).order_by("path"):
        yield rules.token("unit", unit.pk), "　" * (unit.depth - 1) + unit.name


def role_choices() -> Iterable[tuple[str, str]]:
    """All roles but that of trainee, which everybody has who signs in."""
    return [(rules.token("role", role.value), str(role.label)) for role in Role if role is not Role.TRAINEE]


def register_own_choices() -> None:
    """Called once when the site starts."""
    register_audience_choices("unit", _("单位（含下级）"), unit_choices)
    register_audience_choices("role", _("角色"), role_choices)
