"""Many rows at once, in a handful of statements, so that other writers hardly wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from people.errors import NotAllowed
from people.logs import record
from people.models import User
from search.dictionary import rules
from search.dictionary.access import decides, may_change, proposes
from search.dictionary.errors import TermFaulty
from search.dictionary.models import DictionaryVersion, Term, TermSource, TermState
from search.dictionary.selectors import entry_of
from search.dictionary.services import Kept, changes_record, kept

SAVED = ["text", "normal", "meaning", "trade", "note", "state", "updated_at"]


@transaction.atomic
def terms_import(*, actor: User, rows: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Writes rows that were looked through before: (added, changed, as they were). Raises NotAllowed, TermFaulty.

    A row with a kind and a word that are there already changes that one; where the person may not, it stays as it is.
    """
    if not proposes(actor):
        raise NotAllowed
    wanted = {(fields["kind"], rules.plain(fields["text"])): fields for fields in rows}
    locked = Term.objects.select_for_update().filter(normal__in=[normal for _kind, normal in wanted])
    held = {(term.kind, term.normal): term for term in locked}
    editor = decides(actor)
    changes: list[tuple[Term, Kept | None, Kept | None]] = []
    for key, fields in wanted.items():
        term = held.get(key)
        if term is not None and not may_change(actor, term):
            continue
        before = None if term is None else kept(term)
        row = _filled(term or Term(created_by=actor, source=TermSource.IMPORT), fields, editor=editor)
        if before != kept(row):
            changes.append((row, before, kept(row)))
    added = sum(before is None for _row, before, _after in changes)
    if changes:
        _write(actor, changes)
    return added, len(changes) - added, len(rows) - len(changes)


def _filled(row: Term, fields: dict[str, Any], *, editor: bool) -> Term:
    for name, value in fields.items():
        setattr(row, name, value)
    row.state = TermState.APPROVED if editor else TermState.PROPOSED
    row.updated_at = timezone.now()
    row.tidy()
    found = rules.faults(entry_of(row))
    if found:
        raise TermFaulty(found)
    return row


def _write(actor: User, changes: list[tuple[Term, Kept | None, Kept | None]]) -> None:
    Term.objects.bulk_create([row for row, before, _after in changes if before is None])
    Term.objects.bulk_update([row for row, before, _after in changes if before is not None], SAVED, batch_size=200)
    # What was made has its key only now.
    changes_record(actor=actor, changes=[(row, before, kept(row)) for row, before, _after in changes])
    version = DictionaryVersion.objects.get(pk=1)
    record(actor=actor, action="term.imported", target=version, data={"rows": len(changes)})
