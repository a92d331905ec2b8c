"""Audits that an administrator asks for; they run in the background."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from people.logs import record
from people.models import User
from search.engines import get_engine
from search.engines.contract import EngineUnavailable
from search.models import SearchAudit
from search.sync.audit import audit_and_heal
from search.sync.indexes import indexes_ensure, rebuild_start


@transaction.atomic
def audit_ask(*, actor: User) -> SearchAudit:
    """Notes that an audit is to run; the caller enqueues `tasks.audit_run` with its id."""
    row = SearchAudit.objects.create(asked_by=actor)
    record(actor=actor, action="search.audit", target=row)
    return row


def audit_perform(*, audit_id: int) -> SearchAudit:
    """Runs it, mends what differs, and writes down what came of it."""
    row = SearchAudit.objects.get(pk=audit_id)
    try:
        before, after = audit_and_heal()
    except EngineUnavailable as reason:
        row.error = str(reason)
    else:
        row.checked = before.checked
        row.found = len(before.damaged()) + len(before.audiences)
        row.left = len(after.damaged()) + len(after.audiences)
    row.finished_at = timezone.now()
    row.save()
    return row


def rebuild_ask(*, actor: User) -> str:
    """Opens a second index, which the drain fills and changes over to; gives its name. EngineUnavailable where away."""
    engine = get_engine()
    indexes_ensure(engine)
    index = rebuild_start(engine)
    record(actor=actor, action="search.rebuild", target=index)
    return index.name
