"""Stems of English words: valves and valve are found for each other, below what is literally the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[a-z]{3,}")


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The stems of the English ones among normalised words, where they differ from all of them."""
    words = tuple(words)
    found = dict.fromkeys(stem(word) for word in words if is_english(word))
    return tuple(one for one in found if one not in words)


def has_english(text: str) -> bool:
    """Whether a normalised text has an English word: most of ours have none."""
    return _WORD.search(text) is not None


def is_english(word: str) -> bool:
    """Whether a normalised word is of English letters, long enough to have an ending."""
    return word.isascii() and _WORD.fullmatch(word) is not None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word in lower case."""
    # A stemmer keeps a state while it works: one for each call, so that threads do not meet in it.
    found: str = snowballstemmer.stemmer("english").stemWord(word)
    return found


def words_with_stems(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Where the English words of a normalised text stand that have one of those stems."""
    if not wanted:
        return []
    return [match.span() for match in _WORD.finditer(text) if stem(match.group()) in wanted]
