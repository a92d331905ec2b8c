"""The words that the cutter knows. A dictionary is never changed: a new one is built and the reference swapped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rjieba

from search.analysis.normal import norm

# Raise it when anything in this package that decides what is stored changes.
CODE_VERSION = 1
_WORDS_FILE = Path(__file__).with_name("words.txt")
_FREQUENCY = 20_000


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A cutter with its words. `version` is part of the analysis version."""

    version: int
    terms: tuple[str, ...]
    cutter: rjieba.Jieba

    def search_words(self, run: str) -> list[str]:
        """The words of a Han run, long words with the shorter ones inside them."""
        words: list[str] = self.cutter.cut_for_search(run, True)
        return words


def built(version: int, terms: tuple[str, ...] = ()) -> Dictionary:
    """A new dictionary: jieba's own words, ours, and those terms. Takes some 0.2 s."""
    cutter = rjieba.Jieba()
    for term in (*house_words(), *terms):
        cutter.add_word(norm(term), _FREQUENCY, "n")
    return Dictionary(version, terms, cutter)


@lru_cache(maxsize=1)
def house_words() -> tuple[str, ...]:
    """Words of studios and workshops that every installation knows."""
    return tuple(_WORDS_FILE.read_text(encoding="utf-8").split())


class _Holder:
    current: Dictionary | None = None


def current() -> Dictionary:
    """The dictionary in use; threads that hold the former one finish with it."""
    if _Holder.current is None:
        _Holder.current = built(0)
    return _Holder.current


def use(dictionary: Dictionary) -> None:
    """Swaps the dictionary of this process."""
    _Holder.current = dictionary


def analysis_version() -> str:
    """What an index was cut by: the code's version and the dictionary's."""
    return f"{CODE_VERSION}.{current().version}"
