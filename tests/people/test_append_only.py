"""The audit log refuses change on the database's own account."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from people.append_only import AppendOnly
from people.logs import record
from people.models import AuditEntry
from tests.factories.people import UserFactory


@pytest.mark.django_db
def test_an_audit_entry_can_be_added_and_neither_changed_nor_deleted() -> None:
    person = UserFactory()
    entry = record(actor=person, action="user.made", target=person, data={"工号": person.username})
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(action="user.forged")
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()
    assert AuditEntry.objects.get().action == "user.made"


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_still_empty_the_database() -> None:
    person = UserFactory()
    record(actor=None, action="user.made", target=person)


@pytest.mark.django_db(transaction=True)
def test_the_refusal_can_be_taken_back_by_migrating_backwards() -> None:
    operation, state = AppendOnly("people_auditentry"), ProjectState()
    entry = record(actor=None, action="user.made", target=UserFactory())
    with connection.schema_editor() as editor:
        operation.database_backwards("people", editor, state, state)
    try:
        AuditEntry.objects.filter(pk=entry.pk).update(action="user.mended")
    finally:
        with connection.schema_editor() as editor:
            operation.database_forwards("people", editor, state, state)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.update(action="user.forged")
    assert "people_auditentry" in operation.describe()
