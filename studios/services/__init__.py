"""Writes of `studios`: each is one transaction, leaves an audit entry and keeps groups in step."""

from studios.services.creation import studio_create
from studios.services.groups import studio_groups_sync
from studios.services.leaders import leader_add, leader_change, leader_end, leader_update
from studios.services.membership import deputy_set, member_add, member_remove, member_update, person_leaves
from studios.services.record import (
    equipment_line_add,
    equipment_line_remove,
    honour_add,
    honour_remove,
    studio_update,
)

__all__ = [
    "deputy_set",
    "equipment_line_add",
    "equipment_line_remove",
    "honour_add",
    "honour_remove",
    "leader_add",
    "leader_change",
    "leader_end",
    "leader_update",
    "member_add",
    "member_remove",
    "member_update",
    "person_leaves",
    "studio_create",
    "studio_groups_sync",
    "studio_update",
]
