"""Background work of search."""

from __future__ import annotations

from django_tasks import task

from search.services.audits import audit_perform


@task()
def audit_run(audit_id: int) -> None:
    """Compares index and database, and mends."""
    audit_perform(audit_id=audit_id)
