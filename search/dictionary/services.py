"""Writes of the dictionary: each raises its version, keeps what was before, and is undone by another."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.errors import NotAllowed
from people.logs import record
from people.models import Trade, User
from search import companion
from search.dictionary import rules, suggesting
from search.dictionary.access import decides, may_change, proposes
from search.dictionary.errors import NotUndoable, TermFaulty, sentence
from search.dictionary.models import DictionaryVersion, Term, TermChange, TermState
from search.dictionary.rules import Fault
from search.dictionary.selectors import entry_of

Kept = dict[str, Any]
FIELDS = ("kind", "text", "meaning", "trade_id", "state", "note", "source", "created_by_id")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a row: `changed` False where it said so before."""

    term: Term
    changed: bool


@transaction.atomic
def term_save(*, actor: User, term: Term | None = None, **fields: Any) -> Saved:
    """Adds or changes a row: `kind`, `text`, `meaning`, `trade`, `note`, `source`, `state`.

    What anybody but an editor writes is a proposal. Raises NotAllowed, TermFaulty.
    """
    _may(actor, term)
    row = Term(created_by=actor, state=TermState.APPROVED) if term is None else _locked(term)
    before = None if term is None else kept(row)
    for name, value in fields.items():
        setattr(row, name, value)
    if not decides(actor):
        row.state = TermState.PROPOSED
    row.tidy()
    _check(row)
    if before == kept(row):
        return Saved(row, changed=False)
    row.save()
    _changed(actor, row, before, kept(row))
    return Saved(row, changed=True)


@transaction.atomic
def term_decide(*, actor: User, term: Term, approve: bool) -> Saved:
    """An editor takes a proposal into use, or turns it down. Raises NotAllowed, TermFaulty."""
    if not decides(actor):
        raise NotAllowed
    return term_save(actor=actor, term=term, state=TermState.APPROVED if approve else TermState.REFUSED)


@transaction.atomic
def term_delete(*, actor: User, term: Term) -> TermChange:
    """Removes a row; the change can be undone. Raises NotAllowed."""
    _may(actor, term)
    row = _locked(term)
    before = kept(row)
    change = _changed(actor, row, before, None)
    row.delete()
    return change


@transaction.atomic
def change_undo(*, actor: User, change: TermChange) -> None:
    """Makes a row what it was before a change. Raises NotAllowed, NotUndoable, TermFaulty."""
    if not decides(actor):
        raise NotAllowed
    change = TermChange.objects.select_for_update().get(pk=change.pk)
    later = TermChange.objects.filter(term_id=change.term_id, pk__gt=change.pk, undone=False)
    row = Term.objects.filter(pk=change.term_id).first()
    if change.undone or later.exists() or (row is None) != (change.after is None):
        raise NotUndoable
    present = None if row is None else kept(row)
    if change.before is None and row is not None:
        made = _changed(actor, row, present, None)
        row.delete()
    else:
        row = row or Term(pk=change.term_id)
        for name, value in (change.before or {}).items():
            setattr(row, name, value)
        _restore_links(row)
        _check(row)
        row.save()
        made = _changed(actor, row, present, kept(row))
    TermChange.objects.filter(pk__in=[change.pk, made.pk]).update(undone=True)


def _may(actor: User, term: Term | None) -> None:
    if not (proposes(actor) if term is None else may_change(actor, term)):
        raise NotAllowed


def _locked(term: Term) -> Term:
    return Term.objects.select_for_update().get(pk=term.pk)


def faults_of(row: Term) -> list[Fault]:
    """What is wrong with a row that is to be saved."""
    found = rules.faults(entry_of(row))
    taken = Term.objects.filter(kind=row.kind, normal=rules.plain(row.text)).exclude(pk=row.pk)
    return [Fault("text", "taken")] if not found and taken.exists() else found


def word_sentences(word: str) -> list[str]:
    """What is wrong with a word, in sentences."""
    return [sentence(Fault("text", code)) for code in rules.word_faults(word)]


def _check(row: Term) -> None:
    found = faults_of(row)
    if found:
        raise TermFaulty(found)


def kept(row: Term) -> Kept:
    """A row as JSON, enough to make it again."""
    return {name: getattr(row, name) for name in FIELDS}


def _entry(said: Kept | None) -> rules.Entry | None:
    if said is None:
        return None
    return rules.Entry(said["kind"], said["text"], said["meaning"], approved=said["state"] == TermState.APPROVED)


def _restore_links(row: Term) -> None:
    """A trade or a person of before may be gone."""
    row.trade_id = Trade.objects.filter(pk=row.trade_id).values_list("pk", flat=True).first()
    row.created_by_id = User.objects.filter(pk=row.created_by_id).values_list("pk", flat=True).first()


def _changed(actor: User, row: Term, before: Kept | None, after: Kept | None) -> TermChange:
    """Writes down one change under the next version, with the audit log."""
    (change,) = changes_record(actor=actor, changes=[(row, before, after)])
    verb = "added" if before is None else "deleted" if after is None else "changed"
    record(actor=actor, action=f"term.{verb}", target=row, data={"text": row.text, "version": change.version})
    return change


def changes_record(*, actor: User, changes: Sequence[tuple[Term, Kept | None, Kept | None]]) -> list[TermChange]:
    """Writes down changes (row, before, after) under one next version; processes take them over once committed."""
    version, now = version_raise(), timezone.now()
    rows = []
    for row, before, after in changes:
        texts = rules.changed_words(_entry(before), _entry(after))
        rows.append(
            TermChange(
                version=version,
                term_id=row.pk,
                label=row.text,
                before=before,
                after=after,
                texts=texts,
                touched_at=None if texts else now,
                by=actor,
            )
        )
    suggesting.term_suggestions_set(
        terms=[row for row, _before, after in changes if after is not None],
        gone=[row for row, _before, after in changes if after is None],
    )
    transaction.on_commit(companion.wake)
    return TermChange.objects.bulk_create(rows)


def version_raise() -> int:
    """The next version, in the caller's transaction: its row lock puts the changes in order."""
    DictionaryVersion.objects.bulk_create([DictionaryVersion(pk=1)], ignore_conflicts=True)
    DictionaryVersion.objects.filter(pk=1).update(number=F("number") + 1, stamp=secrets.randbits(62) + 1)
    return DictionaryVersion.objects.values_list("number", flat=True).get(pk=1)
