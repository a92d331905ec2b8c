"""Pinyin with one letter wrong, missing, too much or swapped: what may have been meant. Plain Python.

A mistype is looked for inside one syllable; the others stand as typed, or as many speakers say them. The first letter
is taken as right.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from search.suggest.sounds import LONGEST_SYLLABLE, folded_letters, syllables

SHORTEST = 6
MOST = 120


# What each letter of a folded syllable may have been.
_UNFOLDED = {
    "z": ("z", "zh"),
    "c": ("c", "ch"),
    "s": ("s", "sh"),
    "n": ("n", "ng", "l"),
    "h": ("h", "f"),
    "u": ("u", "v"),
}


@lru_cache(maxsize=256)
def mistyped(typed: str) -> tuple[str, ...]:
    """Folded beginnings of spellings that are one letter from what was typed; none where it is too short to tell."""
    if len(typed) < SHORTEST:
        return ()
    found = dict.fromkeys(map(folded_letters, _mended(typed)))
    found.pop(folded_letters(typed), None)
    return tuple(islice(found, MOST))


def _mended(typed: str) -> Iterator[str]:
    """Syllables as typed, one that is nearly so, and the rest as typed; the last one, which may be begun, at last."""
    reached, fits = _reached(typed), _fits(typed)
    spans = [(start, end) for start in reached for end in range(start + 1, len(typed)) if fits[end]]
    for start, end in [*spans, *((start, len(typed)) for start in reached)]:
        if end - start <= LONGEST_SYLLABLE + 1:
            for piece in _near(typed[start:end], begun=end == len(typed)):
                if start or piece[0] == typed[0]:
                    yield typed[:start] + piece + typed[end:]


def _reached(typed: str) -> list[int]:
    """Where a syllable may begin."""
    said, reached = _said(), [0]
    for end in range(1, len(typed)):
        if any(end - LONGEST_SYLLABLE <= start and typed[start:end] in said for start in reached):
            reached.append(end)
    return reached


def _fits(typed: str) -> list[bool]:
    """For each place whether what follows is syllables, the last whole or begun."""
    said, begun = _said(), _begun()
    fits = [False] * len(typed) + [True]
    for start in range(len(typed) - 1, -1, -1):
        ends = range(start + 1, min(len(typed), start + LONGEST_SYLLABLE) + 1)
        fits[start] = typed[start:] in begun or any(fits[end] and typed[start:end] in said for end in ends)
    return fits


@lru_cache(maxsize=4096)
def _near(piece: str, *, begun: bool) -> tuple[str, ...]:
    """What is a syllable to many speakers, one letter from a piece; `begun`: the beginning of one, of two letters, too."""
    places = [(piece[:at], piece[at:]) for at in range(len(piece) + 1)]
    found = {head + tail[1:] for head, tail in places if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in places if len(tail) > 1}
    for letter in string.ascii_lowercase:
        found |= {head + letter + tail for head, tail in places}
        found |= {head + letter + tail[1:] for head, tail in places}
    return tuple(sorted(one for one in found & (_begun() if begun else _said()) if len(one) > begun))


@lru_cache(maxsize=1)
def _said() -> frozenset[str]:
    """Every syllable, in each way in which it is said."""
    ways = (product(*(_UNFOLDED.get(letter, (letter,)) for letter in folded_letters(one))) for one in syllables())
    return frozenset("".join(way) for found in ways for way in found)


@lru_cache(maxsize=1)
def _begun() -> frozenset[str]:
    return frozenset(one[:length] for one in _said() for length in range(1, len(one) + 1))
