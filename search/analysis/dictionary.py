"""The words that the cutter knows, and which of them mean the same.

A dictionary is never changed: a new one is built and the reference swapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import rjieba

from search.analysis.normal import norm
from search.analysis.runs import HAN, LATIN, is_han, runs

# The package makes a cutter of its own when it is imported: 16 MB a process that nobody asks.
rjieba.clear()

# Raise it when anything in this package that decides what is stored changes.
CODE_VERSION = 4
_WORDS_FILE = Path(__file__).with_name("words.txt")
_FREQUENCY = 20_000


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that editors declared to mean the same, normalised. `label` names whose words they are ("" for all)."""

    words: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for, normalised. The short form finds the long one, not the other way round."""

    short: str
    full: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """A word of a query, other words for it, and whose words they are ("" for all)."""

    word: str
    others: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A cutter with its words; `version` stands for the editors' words, 0 for none of them.

    `terms`, `synonyms` and `abbreviations` are what editors added to jieba's words and the house's.
    """

    version: int
    terms: tuple[str, ...]
    cutter: rjieba.Jieba
    synonyms: tuple[Synonyms, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    _meanings: Mapping[str, tuple[Meant, ...]] = field(default_factory=dict, repr=False, compare=False)
    # Words with Latin parts (co2焊), which no cut gives whole.
    _mixed: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def search_words(self, run: str) -> list[str]:
        """The words of a Han run, long words with the shorter ones inside them."""
        words: list[str] = self.cutter.cut_for_search(run, True)
        return words

    def synonyms_of(self, word: str) -> tuple[str, ...]:
        """Other words, normalised, for a normalised word; the full form of an abbreviation. Empty where none is known."""
        found = (other for meant in self._meanings.get(word, ()) for other in meant.others)
        return tuple(dict.fromkeys(found))

    def meant(self, plain: str) -> tuple[Meant, ...]:
        """The words of a normalised query that have other words, in the order in which they stand, each once.

        A word counts where the cutter takes it for one: 天车 does not stand in 昨天车间.
        """
        if not self._meanings:
            return ()
        at: dict[str, int] = {}
        for match in runs(plain):
            run = match.group()
            found = {*self.search_words(run), run} if is_han(run) else {run}
            for word in found & self._meanings.keys():
                at.setdefault(word, match.start() + run.index(word))
        for word in self._mixed:
            if stands_in(word, plain):
                at.setdefault(word, plain.index(word))
        ordered = sorted(at, key=lambda word: (at[word], -len(word), word))
        return tuple(meant for word in ordered for meant in self._meanings[word])


def built(
    version: int,
    terms: Iterable[str] = (),
    synonyms: Iterable[Synonyms] = (),
    abbreviations: Iterable[Abbreviation] = (),
) -> Dictionary:
    """A new dictionary: jieba's own words, ours, and those terms. Takes some 0.2 s.

    Words of synonyms and abbreviations are words for the cutter too. Anything may be given in any spelling.
    """
    own = tuple(dict.fromkeys(filter(None, map(norm, terms))))
    groups = tuple(Synonyms(tuple(dict.fromkeys(map(norm, group.words))), group.label) for group in synonyms)
    shorts = tuple(Abbreviation(norm(one.short), norm(one.full), one.label) for one in abbreviations)
    meanings = _meanings(groups, shorts)
    cutter = rjieba.Jieba()
    meaning_words = [word for group in groups for word in group.words] + [
        word for one in shorts for word in (one.short, one.full)
    ]
    for term in (*map(norm, house_words()), *own, *meaning_words):
        cutter.add_word(term, _FREQUENCY, "n")
    mixed = tuple(word for word in meanings if not (HAN.fullmatch(word) or LATIN.fullmatch(word)))
    return Dictionary(version, own, cutter, groups, shorts, MappingProxyType(meanings), mixed)


def stands_in(word: str, plain: str) -> bool:
    """Whether a normalised word stands in a normalised text, not inside a longer Latin word or number."""
    start = plain.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_joined(plain, start) or _joined(plain, end)):
            return True
        start = plain.find(word, start + 1)
    return False


def _joined(plain: str, at: int) -> bool:
    """Whether a Latin word or number goes on across this place."""
    return 0 < at < len(plain) and all(char.isalnum() and not HAN.match(char) for char in plain[at - 1 : at + 1])


def _meanings(groups: Iterable[Synonyms], shorts: Iterable[Abbreviation]) -> dict[str, tuple[Meant, ...]]:
    found: dict[str, tuple[Meant, ...]] = {}
    for group in groups:
        for word in group.words:
            others = tuple(other for other in group.words if other != word)
            found[word] = (*found.get(word, ()), Meant(word, others, group.label))
    for one in shorts:
        if one.short != one.full:
            found[one.short] = (*found.get(one.short, ()), Meant(one.short, (one.full,), one.label))
    return found


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


def version_in_use() -> int | None:
    """The version of the dictionary in use; None where no text was cut yet: none is built for the question alone."""
    return None if _Holder.current is None else _Holder.current.version


def use(dictionary: Dictionary) -> None:
    """Swaps the dictionary of this process."""
    _Holder.current = dictionary


def analysis_version() -> str:
    """What an index was cut by: the version of this code.

    The editors' dictionary is no part of it. A changed term has the pieces that contain it sent again, one by one
    (`search.dictionary`); an index as a whole is never stale because of a term.
    """
    return str(CODE_VERSION)
