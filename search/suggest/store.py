"""Writes suggestions: what an owner gives replaces what it gave before, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from search.batches import batches
from search.suggest.entries import Entry, entries_digest, entry_keys
from search.suggest.models import SuggestionClaim, SuggestionEntry, SuggestionKey, SuggestionOwner

BATCH = 400
ATTEMPTS = 5
Name = tuple[str, str]


@transaction.atomic
def owners_write(wanted: Mapping[Name, Sequence[Entry]]) -> int:
    """Stores for each owner (kind, key) exactly these entries; none: the owner goes. Gives how many owners changed.

    Owners that have the same already cost one query together.
    """
    digests = {name: entries_digest(entries) if entries else "" for name, entries in wanted.items()}
    known = _owners(wanted)
    changed = {name for name in wanted if digests[name] != (known[name].digest if name in known else "")}
    if not changed:
        return 0
    old = [known[name] for name in changed if name in known]
    freed = set(_claimed(old))
    SuggestionClaim.objects.filter(owner__in=[owner.pk for owner in old]).delete()
    entries = {entry.digest: entry for name in changed for entry in wanted[name]}
    ids = _entries_ensure(entries, freed)
    SuggestionOwner.objects.filter(
        pk__in=[known[name].pk for name in changed if name in known and not wanted[name]]
    ).delete()
    owners = SuggestionOwner.objects.bulk_create(
        [SuggestionOwner(kind=name[0], key=name[1], digest=digests[name]) for name in sorted(changed) if wanted[name]],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["digest"],
        batch_size=BATCH,
    )
    claims = [
        SuggestionClaim(owner_id=owner.pk, entry_id=ids[entry])
        for owner in owners
        for entry in dict.fromkeys(one.digest for one in wanted[owner.kind, owner.key])
    ]
    SuggestionClaim.objects.bulk_create(claims, batch_size=BATCH)
    entries_prune(freed - set(ids.values()))
    return len(changed)


def entries_prune(ids: Iterable[int]) -> int:
    """Removes those of the entries that nobody claims any more; gives how many rows went."""
    removed = 0
    for chunk in batches(sorted(ids), BATCH):
        claimed = SuggestionClaim.objects.filter(entry=OuterRef("pk"))
        gone = SuggestionEntry.objects.filter(~Exists(claimed), pk__in=chunk).values_list("pk", flat=True)
        removed += SuggestionEntry.objects.filter(pk__in=list(gone)).delete()[0]
    return removed


def _owners(names: Iterable[Name]) -> dict[Name, SuggestionOwner]:
    found: dict[Name, SuggestionOwner] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, key in names:
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in sorted(by_kind.items()):
        for chunk in batches(keys, BATCH):
            rows = SuggestionOwner.objects.filter(kind=kind, key__in=chunk)
            found |= {(row.kind, row.key): row for row in rows}
    return found


def _claimed(owners: Sequence[SuggestionOwner]) -> Iterable[int]:
    for chunk in batches([owner.pk for owner in owners], BATCH):
        yield from SuggestionClaim.objects.filter(owner__in=chunk).values_list("entry_id", flat=True)


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
    if rows:
        # Some twenty rows an entry: the ORM would take most of the time of taking a piece in.
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_suggestionkey (entry_id, key, head, rank) VALUES (%s, %s, %s, %s)", rows
            )
