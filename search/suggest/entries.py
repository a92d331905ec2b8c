"""What a piece gives to suggestions, and the spellings under which each is found."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from search import registry
from search.analysis import dictionary
from search.registry import Piece
from search.suggest.sounds import Unit, folded_letters, units

PERSON = "person"
TERM = "term"
# Raise it when the keys of the same entry change: the audit then has all of them written anew.
KEYS_VERSION = 1
LONGEST_LABEL = 255
LONGEST_KEY = 64
MOST_STARTS = 12
EVERY_CHARACTER = 6
LONGEST_NAME = 30

# How a spelling was met, the best first; a further half step where it begins inside the label.
TEXT, PINYIN, INITIALS, FOLDED = 0, 2, 4, 6
# Before a folded spelling: no typed beginning has it, so they are found only where they are looked for.
FOLD_MARK = "~"
# A rank is form, kind, openings, length, each below the one before it: a step of openings weighs so much.
MOST_OPENED, OPENED_STEP = 9, 100
_KIND_WEIGHTS = {PERSON: 1.2, TERM: 1.1}
_BETWEEN_NAMES = re.compile(r"[、，,;；/|\n]+|\s{2,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be offered. `audience`: id of a `people.Audience`; without `url` it is a word to search for."""

    kind: str
    label: str
    audience: int
    url: str = ""
    studio: int | None = None

    @property
    def digest(self) -> str:
        """Equal for equal entries."""
        return _digest([KEYS_VERSION, self.kind, self.label, self.audience, self.url, self.studio])


def piece_entries(piece: Piece) -> list[Entry]:
    """The piece itself by its title, and those who made it, as far as the piece names them."""
    label = " ".join(piece.title.split())[:LONGEST_LABEL]
    found = [Entry(piece.kind, label, piece.audience, piece.url, piece.studio)] if label else []
    found += [Entry(PERSON, name, piece.audience, studio=piece.studio) for name in author_names(piece)]
    return found


def author_names(piece: Piece) -> list[str]:
    """Those who made the piece, each once."""
    names = dict.fromkeys(name.strip() for name in _BETWEEN_NAMES.split(piece.facts.get("authors", "")))
    return [name for name in names if 1 < len(name) <= LONGEST_NAME]


def entries_digest(entries: Iterable[Entry]) -> str:
    """What an owner's suggestions are."""
    return _digest(sorted(entry.digest for entry in entries))


def entry_keys(entry: Entry) -> dict[bytes, int]:
    """Every spelling from which the entry may be typed on, with its rank: the lower, the earlier it is shown."""
    found: dict[bytes, int] = {}
    readings = [units(entry.label)]
    if entry.kind == PERSON:
        readings.append(units(entry.label, surname=True))
    for parts in dict.fromkeys(readings):
        for start in starts(parts):
            rest, later = parts[start:], int(start > 0)
            _add(found, "".join(unit.text for unit in rest), _rank(entry, TEXT + later))
            sound = "".join(unit.sound for unit in rest)
            _add(found, sound, _rank(entry, PINYIN + later))
            if any(unit.han for unit in rest):
                _add(found, FOLD_MARK + folded_letters(sound), _rank(entry, FOLDED + later))
            if sum(unit.han for unit in rest) > 1:
                _add(found, "".join(unit.initial for unit in rest), _rank(entry, INITIALS + later))
    return found


def starts(parts: tuple[Unit, ...]) -> list[int]:
    """Where somebody may begin to type: at each word; at each character of something short, whose words are names."""
    if len(parts) <= EVERY_CHARACTER:
        return list(range(len(parts)))
    found = {0}
    at = 0
    while at < len(parts):
        stop = at
        while stop < len(parts) and parts[stop].han and (stop == at or parts[stop].start == parts[stop - 1].end):
            stop += 1
        if stop == at:
            found.add(at)
            at += 1
            continue
        run = "".join(unit.text for unit in parts[at:stop])
        found |= {at + begin for _word, begin, _end in dictionary.current().cutter.tokenize(run, "search", True)}
        at = stop
    return sorted(found)[:MOST_STARTS]


def key_bytes(text: str) -> bytes:
    """A spelling as it is stored: at most 64 bytes, whole characters."""
    return text.encode("utf-8", "replace")[:LONGEST_KEY].decode("utf-8", "ignore").encode()


def _add(found: dict[bytes, int], text: str, rank: int) -> None:
    key = key_bytes(text)
    if key:
        found[key] = min(rank, found.get(key, rank))


def _rank(entry: Entry, form: int) -> int:
    """Form first, then what readers want more, then what is opened more (nothing yet), then the shorter."""
    kind = min(int(10 / _weight(entry.kind)), 99)
    return form * 100_000 + kind * 1_000 + MOST_OPENED * OPENED_STEP + min(len(entry.label), 99)


def _weight(kind: str) -> float:
    if kind in _KIND_WEIGHTS:
        return _KIND_WEIGHTS[kind]
    return max(float(getattr(registry.kinds().get(kind), "weight", 1.0)), 0.1)


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:40]
