"""Reads of the dictionary."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from search.dictionary.models import DictionaryVersion, Term, TermChange, TermState
from search.dictionary.rules import Contents, Entry, contents


def version_stamp() -> int:
    """The stamp of the dictionary in the database, 0 before its first change: one small query."""
    return DictionaryVersion.objects.filter(pk=1).values_list("stamp", flat=True).first() or 0


def entry_of(term: Term) -> Entry:
    """A row as plain values."""
    label = term.trade.name if term.trade is not None else ""
    return Entry(term.kind, term.text, term.meaning, label, approved=term.state == TermState.APPROVED)


def approved_entries() -> Iterator[Entry]:
    """What is in use, in a steady order."""
    for term in Term.objects.filter(state=TermState.APPROVED).select_related("trade").order_by("pk").iterator():
        yield entry_of(term)


def approved_contents() -> Contents:
    """What a dictionary is built of now."""
    return contents(approved_entries())


def untouched_changes() -> QuerySet[TermChange]:
    """Changes whose pieces are still to be sent again, the oldest first."""
    return TermChange.objects.filter(touched_at__isnull=True).order_by("pk")


def proposed_count() -> int:
    """How many rows wait for an editor."""
    return Term.objects.filter(state=TermState.PROPOSED).count()
