"""Writes suggestions: what an owner gives replaces what it gave before, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from search.batches import batches
from search.suggest.entries import Entry, entries_digest, entry_keys
from search.suggest.models import SuggestionClaim, SuggestionEntry, SuggestionKey, SuggestionOwner
from search.suggest.rows import rows_insert
from search.suggest.statistics import owners_counted

BATCH = 400
ATTEMPTS = 5
Name = tuple[str, str]


@transaction.atomic(savepoint=False)
def owners_write(wanted: Mapping[Name, Sequence[Entry]]) -> int:
    """Stores for each owner (kind, key) exactly these entries; none: the owner goes. Gives how many owners changed.

    Owners that have the same already cost one query together.
    """
    digests = {name: entries_digest(entries) if entries else "" for name, entries in wanted.items()}
    stored = _owners(wanted)
    changed = {name for name in wanted if digests[name] != (stored[name].digest if name in stored else "")}
    if not changed:
        return 0
    owners = _owners_locked({name: bool(wanted[name]) for name in changed})
    ids = [owner.pk for owner in owners.values()]
    freed = {entry for chunk in batches(ids, BATCH) for entry in _claimed(chunk)}
    SuggestionClaim.objects.filter(owner__in=ids).delete()
    entry_ids = _entries_ensure({entry.digest: entry for name in changed for entry in wanted[name]}, freed)
    SuggestionOwner.objects.filter(pk__in=[owner.pk for name, owner in owners.items() if not wanted[name]]).delete()
    kept = [(owner, name) for name, owner in owners.items() if wanted[name]]
    for owner, name in kept:
        owner.digest = digests[name]
    SuggestionOwner.objects.bulk_update([owner for owner, _name in kept], ["digest"], batch_size=BATCH)
    claims = [
        SuggestionClaim(owner_id=owner.pk, entry_id=entry_ids[digest])
        for owner, name in kept
        for digest in dict.fromkeys(entry.digest for entry in wanted[name])
    ]
    SuggestionClaim.objects.bulk_create(claims, batch_size=BATCH)
    entries_prune(freed - set(entry_ids.values()))
    # What was written stands: a count that fails is logged and done by the database itself.
    transaction.on_commit(partial(owners_counted, len(changed)), robust=True)
    return len(changed)


def entries_prune(ids: Iterable[int]) -> int:
    """Removes those of the entries that nobody claims any more; gives how many rows went."""
    removed = 0
    for chunk in batches(sorted(ids), BATCH):
        claimed = SuggestionClaim.objects.filter(entry=OuterRef("pk"))
        gone = SuggestionEntry.objects.filter(~Exists(claimed), pk__in=chunk).values_list("pk", flat=True)
        removed += SuggestionEntry.objects.filter(pk__in=list(gone)).delete()[0]
    return removed


def owners_known(names: Iterable[Name]) -> set[Name]:
    """Those of the owners that have suggestions."""
    return set(_owners(names))


def _owners(names: Iterable[Name], rows: QuerySet[SuggestionOwner] | None = None) -> dict[Name, SuggestionOwner]:
    found: dict[Name, SuggestionOwner] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, key in sorted(names):
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        for chunk in batches(keys, BATCH):
            of_kind = (SuggestionOwner.objects.all() if rows is None else rows).filter(kind=kind, key__in=chunk)
            found |= {(row.kind, row.key): row for row in of_kind}
    return found


def _owners_locked(names: Mapping[Name, bool]) -> dict[Name, SuggestionOwner]:
    """The owners, locked in the order of their names; those with True are made where there are none.

    Two writers of one owner (an editor saves a term twice) go one after the other.
    """
    rows = SuggestionOwner.objects.order_by("kind", "key")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found: dict[Name, SuggestionOwner] = {}
    for _attempt in range(ATTEMPTS):
        missing = sorted(name for name, is_wanted in names.items() if is_wanted and name not in found)
        SuggestionOwner.objects.bulk_create(
            [SuggestionOwner(kind=kind, key=key, digest="") for kind, key in missing], ignore_conflicts=True
        )
        found = _owners(names, rows)
        if all(name in found for name, is_wanted in names.items() if is_wanted):
            return found
    raise RuntimeError("suggestions: owners vanish as often as they are made")


def _claimed(owners: Sequence[int]) -> Iterable[int]:
    return SuggestionClaim.objects.filter(owner__in=owners).values_list("entry_id", flat=True)


def _entries_ensure(entries: Mapping[str, Entry], freed: Iterable[int]) -> dict[str, int]:
    """Ids of the entries by digest, made where there are none, and locked with those that may go.

    Whoever removes what nobody claims holds the same locks, taken in the same order: an entry that is being claimed
    does not vanish below the claim.
    """
    free = list(freed)
    found: dict[str, int] = {}
    for _attempt in range(ATTEMPTS):
        made = _entries_make(entries[digest] for digest in sorted(entries.keys() - found.keys()))
        found = _locked(entries, free)
        _keys_make({digest: pk for digest, pk in found.items() if digest in made}, entries)
        if len(found) == len(entries):
            return found
    raise RuntimeError("suggestions: entries vanish as often as they are made")


def _entries_make(entries: Iterable[Entry]) -> set[str]:
    """Makes those that are not there; gives the digests that were missing before."""
    made: set[str] = set()
    for chunk in batches(entries, BATCH):
        there = set(
            SuggestionEntry.objects.filter(digest__in=[one.digest for one in chunk]).values_list("digest", flat=True)
        )
        new = [one for one in chunk if one.digest not in there]
        rows = [
            SuggestionEntry(
                digest=one.digest, kind=one.kind, label=one.label, url=one.url[:500], studio=one.studio, audience=one.audience
            )
            for one in new
        ]  # fmt: skip
        SuggestionEntry.objects.bulk_create(rows, ignore_conflicts=True)
        made |= {one.digest for one in new}
    return made


def _locked(entries: Mapping[str, Entry], free: Sequence[int]) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = SuggestionEntry.objects.all()
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    ids = set(free)
    for chunk in batches(entries, BATCH):
        ids |= set(SuggestionEntry.objects.filter(digest__in=chunk).values_list("pk", flat=True))
    for chunk in batches(sorted(ids), BATCH):
        found |= dict(rows.filter(pk__in=chunk).order_by("pk").values_list("digest", "pk"))
    return {digest: pk for digest, pk in found.items() if digest in entries}


def _keys_make(ids: Mapping[str, int], entries: Mapping[str, Entry]) -> None:
    """Keys of new entries; where another process made the entry at the same moment, its keys are there already."""
    keyed = set(
        SuggestionKey.objects.filter(entry__in=list(ids.values())).values_list("entry_id", flat=True).distinct()
    )
    rows = [
        (pk, key, key[0], rank)
        for digest, pk in ids.items()
        if pk not in keyed
        for key, rank in entry_keys(entries[digest]).items()
    ]
    rows_insert(SuggestionKey, ("entry", "key", "head", "rank"), rows)
