"""The record itself: fields, state, honours, equipment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from people import logs
from people.models import User
from studios import rules
from studios.errors import NameTaken, StateNotAllowed
from studios.models import Equipment, Studio, StudioType
from studios.models.studio import StudioEquipment, StudioHonour

EDITABLE = {
    "name", "unit", "level", "state", "aim", "place", "contact", "founded_date", "plaque", "plaque_date",
    "plaque_photo", "work_rules", "activity_rules", "management_rules",
}  # fmt: skip


@transaction.atomic
def studio_update(
    *, actor: User | None, studio: Studio, types: Iterable[StudioType] | None = None, **fields: Any
) -> Studio:
    """Changes the record; a new name is the page's title too. Raises NameTaken, StateNotAllowed."""
    before = Studio.objects.get(pk=studio.pk)
    name = fields.get("name", before.name)
    if Studio.objects.filter(name=name).exclude(pk=studio.pk).exists():
        raise NameTaken
    if not rules.may_change_state(before.state, fields.get("state", before.state)):
        raise StateNotAllowed
    changed = sorted(f for f in fields.keys() & EDITABLE if getattr(before, f) != fields[f])
    for field in fields.keys() & EDITABLE:
        setattr(studio, field, fields[field])
    studio.save()
    if types is not None:
        studio.types.set(types)
    page = getattr(studio, "page", None)
    if page is not None:
        # Saved even where only the record changed: what the page shows and what is found comes from both.
        page.title = page.draft_title = studio.name
        page.save()
    logs.record(actor=actor, action="studio.update", target=studio, data={"fields": changed})
    return studio


@transaction.atomic
def honour_add(
    *, actor: User | None, studio: Studio, name: str, given_by: str = "", year: int | None = None
) -> StudioHonour:
    """Adds a recognition of the studio."""
    row = StudioHonour.objects.create(studio=studio, name=name, given_by=given_by, year=year)
    logs.record(actor=actor, action="studio.honour_add", target=studio, data={"name": name})
    return row


@transaction.atomic
def honour_remove(*, actor: User | None, honour: StudioHonour) -> None:
    """Takes back a recognition that was entered by mistake; the audit log keeps what it was."""
    data = {"name": honour.name, "given_by": honour.given_by, "year": honour.year}
    logs.record(actor=actor, action="studio.honour_remove", target=honour.studio, data=data)
    honour.delete()


@transaction.atomic
def equipment_line_add(
    *, actor: User | None, studio: Studio, equipment: Equipment, kind: str, quantity: int = 1, remark: str = ""
) -> StudioEquipment:
    """Adds a line to the equipment list."""
    row = StudioEquipment.objects.create(
        studio=studio, equipment=equipment, kind=kind, quantity=quantity, remark=remark
    )
    logs.record(actor=actor, action="studio.equipment_add", target=studio, data={"equipment": str(equipment)})
    return row


@transaction.atomic
def equipment_line_remove(*, actor: User | None, line: StudioEquipment) -> None:
    """Takes a line off the equipment list."""
    logs.record(actor=actor, action="studio.equipment_remove", target=line.studio, data={"equipment": str(line)})
    line.delete()
