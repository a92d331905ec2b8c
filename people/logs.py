"""Writes the audit log."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from people.models import AuditEntry, User


def record(*, actor: User | None, action: str, target: Model, data: dict[str, Any] | None = None) -> AuditEntry:
    """Adds an entry in the caller's transaction. `data` must be JSON-able."""
    return AuditEntry.objects.create(
        actor=actor, action=action, target=f"{target._meta.label}:{target.pk}", data=data or {}
    )
