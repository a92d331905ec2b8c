"""Compares stored suggestions with what they should be: one digest an owner."""

from __future__ import annotations

from django.db.models import Count

from search.registry import Piece
from search.suggest.entries import entries_digest, piece_entries
from search.suggest.models import SuggestionEntry, SuggestionOwner
from search.suggest.sources import sources
from search.suggest.store import Name, entries_prune, owners_write


def piece_digest(piece: Piece) -> str:
    """What the owner's row of a piece says; "" where a piece gives no suggestion."""
    entries = piece_entries(piece)
    return entries_digest(entries) if entries else ""


def stored_digests() -> dict[Name, str]:
    """Digests of all owners that are pieces."""
    rows = SuggestionOwner.objects.exclude(kind__in=list(sources()))
    return {(kind, key): digest for kind, key, digest in rows.values_list("kind", "key", "digest").iterator()}


def sources_heal() -> int:
    """Writes what registered sources give now and removes what they no longer have; gives how many owners differed."""
    wrong = 0
    for kind, source in sources().items():
        wanted = {(kind, key): list(entries) for key, entries in source()}
        for key in SuggestionOwner.objects.filter(kind=kind).values_list("key", flat=True):
            wanted.setdefault((kind, key), [])
        wrong += owners_write(wanted)
    return wrong


def unclaimed_remove() -> int:
    """Removes entries that no owner has (a writer keeps them from arising); gives how many."""
    ids = SuggestionEntry.objects.annotate(held=Count("claims")).filter(held=0).values_list("pk", flat=True)
    found = list(ids)
    entries_prune(found)
    return len(found)
