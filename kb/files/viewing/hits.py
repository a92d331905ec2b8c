"""Every place of a file that has the words asked for, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from kb.files.models import File
from kb.files.reading.models import FilePart
from search.analysis.query import Query
from search.places import tells

# A book of a thousand pages; reading through that takes a few tenths of a second, once in ten minutes.
MOST_CHARACTERS = 2_000_000
KEPT_SECONDS = 600
BATCH = 200


@dataclass(frozen=True, slots=True)
class Hits:
    """Ordinals of the places, in order. `short`: the file is too long to look through, there may be more."""

    ordinals: tuple[int, ...] = ()
    short: bool = False

    def before(self, ordinal: int) -> int | None:
        """The last place before one."""
        return next((found for found in reversed(self.ordinals) if found < ordinal), None)

    def after(self, ordinal: int) -> int | None:
        """The first place after one."""
        return next((found for found in self.ordinals if found > ordinal), None)


def hits_of(file: File, kind: str, stamp: str, query: Query) -> Hits:
    """The places of one kind that have the words. `stamp` names what was read, so that what is kept grows old with it."""
    if query.empty:
        return Hits()
    key = "kb:hits:" + sha256(f"{file.pk}:{kind}:{stamp}:{query.text}".encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = _looked_for(file, kind, query)
        cache.set(key, found, KEPT_SECONDS)
    return Hits(*found)


def _looked_for(file: File, kind: str, query: Query) -> tuple[tuple[int, ...], bool]:
    """Places with the whole words asked for, where there are any; else those that have some of them."""
    rows = FilePart.objects.filter(file=file, kind=kind).order_by("ordinal").values_list("ordinal", "text")
    whole, some, characters = [], [], 0
    for ordinal, text in rows.iterator(BATCH):
        characters += len(text)
        if characters > MOST_CHARACTERS:
            return tuple(whole or some), True
        told = tells(text, query)
        if told:
            some.append(ordinal)
        if told == 2:
            whole.append(ordinal)
    return tuple(whole or some), False
