"""The words that texts are made of, by which a misspelt query is mended. Filled as pieces are sent; it only grows.

A word from a text that few may read is stored as any other: what a reader is offered is decided by asking for it as
that reader (`search.suggest.correction`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from search.analysis.normal import norm
from search.analysis.runs import is_han
from search.analysis.text import words
from search.batches import batches
from search.registry import Piece
from search.suggest.models import VocabularyWord
from search.suggest.sounds import fuzzy_sound_of, sound_of

TEXT, TITLE, DICTIONARY = 1, 2, 3
LONGEST_HAN = 8
LONGEST_LATIN = 20
# A corpus has some hundred thousand words; beyond that come serial numbers. Titles and terms are kept all the same.
MOST_TEXT_WORDS = 500_000
BATCH = 400
_LATIN_WORD = re.compile(r"(?=.*[^\W\d_].*[^\W\d_])[^\W_]+(?:[.\-+#/_][^\W_]+)*")


class Vocabulary(Protocol):
    """Where corrections look words up: the database, or the words of one corpus in memory."""

    def known(self, candidates: Collection[str]) -> dict[str, int]:
        """Those of the words that there are, with their weights."""

    def sounding(self, sounds: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        """By sound: the words that sound exactly so, with their weights."""

    def sounding_like(self, fuzzy: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        """By folded sound: the words that many speakers say so."""


class _Known:
    """Words that this process knows to be stored, with their weights; `last` is a row by which a wiped table is noticed."""

    weights: dict[str, int] = {}  # noqa: RUF012 - one table for the process
    last: tuple[int, str] | None = None


def text_words(text: str) -> set[str]:
    """The words of a text that are worth keeping."""
    return {word for word in words(norm(text)) if is_kept(word)}


def is_kept(word: str) -> bool:
    """Chinese words of two to eight characters, Latin words and codes with two letters at least."""
    if is_han(word):
        return 1 < len(word) <= LONGEST_HAN
    return 2 < len(word) <= LONGEST_LATIN and _LATIN_WORD.fullmatch(word) is not None


def piece_words(piece: Piece) -> dict[str, int]:
    """The words of a piece with their weights: its names count as titles do."""
    found = dict.fromkeys(text_words(piece.text), TEXT)
    names = [piece.title, *piece.equipment, piece.facts.get("authors", "")]
    found |= {word: TITLE for name in names for word in text_words(name)}
    return found


@transaction.atomic
def words_write(found: Mapping[str, int]) -> int:
    """Stores the words that are not there yet, and raises weights; gives how many were added.

    What this process has stored before costs nothing, so that a corpus's thousandth piece costs next to nothing.
    """
    _check_memory()
    unseen = {word: weight for word, weight in found.items() if _Known.weights.get(word, 0) < weight}
    added = 0
    for chunk in batches(sorted(unseen), BATCH):
        there = dict(VocabularyWord.objects.filter(word__in=chunk).values_list("word", "weight"))
        full = _is_full()
        new = [word for word in chunk if word not in there and (unseen[word] > TEXT or not full)]
        VocabularyWord.objects.bulk_create([_row(word, unseen[word]) for word in new], ignore_conflicts=True)
        added += len(new)
        for weight in (TITLE, DICTIONARY):
            raised = [word for word in chunk if there.get(word, weight) < weight == unseen[word]]
            if raised:
                VocabularyWord.objects.filter(word__in=raised, weight__lt=weight).update(weight=weight)
    if unseen:
        transaction.on_commit(partial(_remember, unseen))
    return added


class StoredVocabulary:
    """The vocabulary of the database."""

    def known(self, candidates: Collection[str]) -> dict[str, int]:
        rows = VocabularyWord.objects.filter(word__in=list(candidates))
        return dict(rows.values_list("word", "weight"))

    def sounding(self, sounds: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        return self._by("sound", sounds)

    def sounding_like(self, fuzzy: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        return self._by("fuzzy", fuzzy)

    def _by(self, field: str, values: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        rows = VocabularyWord.objects.filter(**{f"{field}__in": [value for value in values if value]})
        for sound, word, weight in rows.order_by("-weight", "word").values_list(field, "word", "weight"):
            found.setdefault(sound, []).append((word, weight))
        return found


class WordsInMemory:
    """The vocabulary of one corpus, for measuring: the same answers without a database."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.weights: dict[str, int] = {}
        self.by_sound: dict[str, list[tuple[str, int]]] = {}
        self.by_fuzzy: dict[str, list[tuple[str, int]]] = {}
        for text in texts:
            self.add(text_words(text))

    def add(self, found: Iterable[str], weight: int = TEXT) -> None:
        """Takes further words in."""
        for word in sorted(found):
            if word in self.weights:
                continue
            self.weights[word] = weight
            row = _row(word, weight)
            if row.sound:
                self.by_sound.setdefault(row.sound, []).append((word, weight))
                self.by_fuzzy.setdefault(row.fuzzy, []).append((word, weight))

    def known(self, candidates: Collection[str]) -> dict[str, int]:
        return {word: self.weights[word] for word in candidates if word in self.weights}

    def sounding(self, sounds: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        return {sound: self.by_sound[sound] for sound in sounds if sound in self.by_sound}

    def sounding_like(self, fuzzy: Collection[str]) -> dict[str, list[tuple[str, int]]]:
        return {sound: self.by_fuzzy[sound] for sound in fuzzy if sound in self.by_fuzzy}


def _row(word: str, weight: int) -> VocabularyWord:
    han = is_han(word)
    return VocabularyWord(
        word=word, weight=weight, sound=sound_of(word)[:40] if han else "", fuzzy=fuzzy_sound_of(word)[:40] if han else ""
    )  # fmt: skip


def _is_full() -> bool:
    return (VocabularyWord.objects.aggregate(last=Max("pk"))["last"] or 0) > MOST_TEXT_WORDS


def _check_memory() -> None:
    """A table that was emptied, or another database, is noticed by the row that was stored last."""
    if _Known.last is not None and not VocabularyWord.objects.filter(pk=_Known.last[0], word=_Known.last[1]).exists():
        _Known.weights.clear()
        _Known.last = None


def _remember(stored: Mapping[str, int]) -> None:
    if len(_Known.weights) > MOST_TEXT_WORDS:
        _Known.weights.clear()
    _Known.weights.update(stored)
    last = VocabularyWord.objects.filter(word__in=list(stored)[:1]).values_list("pk", "word").first()
    if last is not None:
        _Known.last = last
