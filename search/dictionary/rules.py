"""What a row of the dictionary may say, and what it means for the cutter. No Django here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis.dictionary import Abbreviation, Synonyms
from search.analysis.normal import norm
from search.analysis.runs import runs

LONGEST_WORD = 30
MOST_IN_A_GROUP = 12
_BETWEEN = re.compile(r"[、，,;；|/\n]+")

WORD, SYNONYMS, ABBREVIATION = "word", "synonyms", "abbreviation"
APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the field and a code."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as plain values. `label` is the name of the trade whose word it is, or ""."""

    kind: str
    text: str
    meaning: str = ""
    label: str = ""
    approved: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """All its words, normalised, the first one first."""
        return tuple(dict.fromkeys(filter(None, (plain(word) for word in (self.text, *parted(self.meaning))))))


def plain(word: str) -> str:
    """A word in the form in which it is compared: normalised, blanks joined."""
    return " ".join(norm(word).split())


def parted(meaning: str) -> list[str]:
    """The words of a field that holds several."""
    return [word.strip() for word in _BETWEEN.split(meaning) if word.strip()]


def faults(entry: Entry) -> list[Fault]:
    """Everything that is wrong with a row."""
    found = [Fault("text", code) for code in word_faults(entry.text)]
    others = parted(entry.meaning)
    if entry.kind == WORD:
        if others:
            found.append(Fault("meaning", "not_for_words"))
        return found
    if not others:
        found.append(Fault("meaning", "missing"))
    if entry.kind == ABBREVIATION and len(others) > 1:
        found.append(Fault("meaning", "one_full_form"))
    if len(others) >= MOST_IN_A_GROUP:
        found.append(Fault("meaning", "too_many"))
    found += [Fault("meaning", code) for word in others for code in word_faults(word)]
    if others and len(entry.words) == 1:
        found.append(Fault("meaning", "same"))
    return list(dict.fromkeys(found))


def word_faults(word: str) -> list[str]:
    """What is wrong with one word: `empty`, `too_long`, `too_short` (one character), `no_word` (signs alone)."""
    normal = plain(word)
    if not normal:
        return ["empty"]
    if len(normal) > LONGEST_WORD:
        return ["too_long"]
    if next(runs(normal), None) is None:
        return ["no_word"]
    return ["too_short"] if len(normal) == 1 else []


def cut_words(entry: Entry | None) -> set[str]:
    """The words that the cutter knows because of a row: none of one that is not approved."""
    return set(entry.words) if entry is not None and entry.approved else set()


def changed_words(before: Entry | None, after: Entry | None) -> list[str]:
    """Texts that are cut differently after a change of a row."""
    return sorted(cut_words(before) ^ cut_words(after))


@dataclass(frozen=True, slots=True)
class Contents:
    """What a dictionary is built of."""

    terms: tuple[str, ...]
    synonyms: tuple[Synonyms, ...]
    abbreviations: tuple[Abbreviation, ...]


def contents(entries: Iterable[Entry]) -> Contents:
    """Approved rows as words, groups and short forms; a row that is not right any more is left out."""
    terms: list[str] = []
    synonyms: list[Synonyms] = []
    abbreviations: list[Abbreviation] = []
    for entry in entries:
        if not entry.approved or faults(entry):
            continue
        if entry.kind == WORD:
            terms.append(entry.text)
        elif entry.kind == SYNONYMS:
            synonyms.append(Synonyms(entry.words, entry.label))
        else:
            abbreviations.append(Abbreviation(entry.words[0], entry.words[1], entry.label))
    return Contents(tuple(terms), tuple(synonyms), tuple(abbreviations))
