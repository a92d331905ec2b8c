"""The words that texts are made of, by which a misspelt query is mended. Filled as pieces are sent.

Each word stands with the audience of its text. Where a text is gone its words stay until the nightly audit
(`search.suggest.pruning`): what a reader is offered is decided by asking for it as that reader
(`search.suggest.correction`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple, Protocol

from django.db import transaction
from django.db.models import Max, Q

from people.audience import audience_for
from search.analysis.normal import norm
from search.analysis.runs import HAN, bigrams, is_han
from search.analysis.text import lines
from search.batches import batches
from search.registry import Piece
from search.suggest.entries import author_names
from search.suggest.models import VocabularyCensus, VocabularyWord
from search.suggest.rows import rows_insert
from search.suggest.sounds import fuzzy_sound_of, sound_of

TEXT, TITLE, DICTIONARY = 1, 2, 3
LONGEST_HAN = 8
LONGEST_LATIN = 20
# A corpus has some hundred thousand words; beyond that come serial numbers. Titles and terms are kept all the same.
MOST_TEXT_WORDS = 500_000
BATCH = 400
_LATIN_WORD = re.compile(r"(?=.*[^\W\d_].*[^\W\d_])[^\W_]+(?:[.\-+#/_][^\W_]+)*")


# Characters that stand between words rather than in them.
_LITTLE = frozenset(
    "的了是在和与有不也就都而及或这那为以可上下把被将从到对向给用要会能再还又才只先后前中里外时每各其该此大小多少"
    "一二三四五六七八九十个"
)


Hits = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a vocabulary has of what was looked up: words with their weights, by word, by sound and by folded sound, the
    weightier first."""

    known: dict[str, int]
    sounding: Hits
    sounding_like: Hits


class Vocabulary(Protocol):
    """Where corrections look words up: the database, or the words of one corpus in memory."""

    def look(self, *, words: Collection[str] = (), sounds: Collection[str] = (), fuzzy: Collection[str] = ()) -> Looked:
        """The words that there are, those that sound exactly so, those that many speakers say so; all at once."""


Word = tuple[str, int]


class Row(NamedTuple):
    """What is stored of a word, named as the fields of `VocabularyWord`."""

    word: str
    audience: int
    weight: int
    sound: str = ""
    fuzzy: str = ""


class _Known:
    """Words (with their audience) that this process knows to be stored, and their weights; `last` is a row by which a
    wiped table is noticed, `census` the removal that this process knows of.

    `seen`: by audience, what a text need not be asked for again: those words, and what is no word.
    """

    weights: dict[Word, int] = {}  # noqa: RUF012 - one table for the process
    seen: dict[int, set[str]] = {}  # noqa: RUF012
    last: tuple[int, str] | None = None
    census: int | None = None


def text_words(text: str, seen: set[str] | None = None) -> set[str]:
    """The words of a text that are worth keeping, and neighbours that the cutter knows as single characters alone.

    So a trade's own word (喉箍) is there before an editor tells it to the dictionary. What was `seen` is left out; what
    is no word is seen from now on.
    """
    seen = set() if seen is None else seen
    cut = lines(text)
    new = set().union(*(line.plain_words for line in cut)) - seen
    found = set(filter(is_kept, new))
    seen |= new - found
    for line in cut:
        found.update(
            one + other
            for one, other in pairwise(line.plain_words)
            if len(one) == 1 == len(other)
            and one + other not in seen
            and _may_begin(one)
            and _may_begin(other)
            and one + other in line.plain
        )
    return found


@lru_cache(maxsize=30_000)
def _may_begin(character: str) -> bool:
    """A character that may be half of a word."""
    return HAN.match(character) is not None and character not in _LITTLE


@lru_cache(maxsize=100_000)
def is_kept(word: str) -> bool:
    """Chinese words of two to eight characters, Latin words and codes with two letters at least."""
    if is_han(word):
        return 1 < len(word) <= LONGEST_HAN
    return 2 < len(word) <= LONGEST_LATIN and _LATIN_WORD.fullmatch(word) is not None


def piece_words(piece: Piece, seen: set[str] | None = None) -> dict[str, int]:
    """The words of a piece with their weights: its names count as titles do; of its text those that were not `seen`.

    Of a title every two neighbours are kept too: a trade's own word may be none for the cutter.
    """
    found = dict.fromkeys(text_words(piece.text, seen), TEXT)
    found |= dict.fromkeys(_neighbours(piece.title), TEXT)
    names = [piece.title, *piece.equipment, *author_names(piece)]
    found |= {word: TITLE for name in names for word in text_words(name)}
    whole = (norm(name) for name in [*piece.equipment, *author_names(piece)])
    return found | {name: TITLE for name in whole if HAN.fullmatch(name) and is_kept(name)}


def unknown_words(pieces: Iterable[Piece]) -> dict[Word, int]:
    """The words of these pieces that this process does not know to be stored, so that a corpus's thousandth piece costs
    next to nothing."""
    _check_memory()
    found: dict[Word, int] = {}
    for piece in pieces:
        seen = _Known.seen.setdefault(piece.audience, set())
        for word, weight in piece_words(piece, seen).items():
            key = (word, piece.audience)
            found[key] = max(weight, found.get(key, 0))
    return {word: weight for word, weight in found.items() if _Known.weights.get(word, 0) < weight}


def _neighbours(title: str) -> list[str]:
    return [pair for run in HAN.findall(norm(title)) for pair in bigrams(run) if len(pair) > 1]


@transaction.atomic(savepoint=False)
def words_write(found: Mapping[Word, int]) -> int:
    """Stores the words (with their audience) that are not there yet, and raises weights; gives how many were added."""
    if not found:
        return 0
    everybody = audience_for(()).pk
    # What everybody may read goes first: it is not repeated for others.
    ordered = sorted(found, key=lambda word: (word[1] != everybody, word))
    added = sum(_chunk_write({word: found[word] for word in chunk}, everybody) for chunk in batches(ordered, BATCH))
    transaction.on_commit(partial(_remember, found))
    return added


def _chunk_write(wanted: Mapping[Word, int], everybody: int) -> int:
    rows = VocabularyWord.objects.filter(
        word__in={word for word, _audience in wanted}, audience__in={everybody, *(one for _word, one in wanted)}
    )
    there = {
        (word, audience): (pk, weight)
        for pk, word, audience, weight in rows.values_list("pk", "word", "audience", "weight")
    }
    full = _is_full()
    new = [
        word
        for word, weight in wanted.items()
        if word not in there and there.get((word[0], everybody), (0, 0))[1] < weight and (weight > TEXT or not full)
    ]
    rows = [_row(word, audience, wanted[word, audience]) for word, audience in new]
    rows_insert(VocabularyWord, Row._fields, rows)
    for weight in (TITLE, DICTIONARY):
        raised = [
            there[word][0] for word in wanted if wanted[word] == weight and word in there and there[word][1] < weight
        ]
        if raised:
            VocabularyWord.objects.filter(pk__in=raised, weight__lt=weight).update(weight=weight)
    return len(new)


class StoredVocabulary:
    """The vocabulary of the database: the words of some audiences' texts (None: of all)."""

    def __init__(self, audiences: frozenset[int] | None) -> None:
        self.words = VocabularyWord.objects.all()
        if audiences is not None:
            self.words = self.words.filter(audience__in=audiences)

    def look(self, *, words: Collection[str] = (), sounds: Collection[str] = (), fuzzy: Collection[str] = ()) -> Looked:
        asked = {"word": set(words), "sound": set(sounds) - {""}, "fuzzy": set(fuzzy) - {""}}
        found: dict[str, dict[str, dict[str, int]]] = {field: {} for field in asked}
        if any(asked.values()):
            where = reduce(or_, (Q(**{f"{field}__in": list(values)}) for field, values in asked.items() if values))
            # A word stands once an audience: the weightiest row comes last and stays.
            for *told, weight in self.words.filter(where).order_by("weight").values_list(*asked, "weight"):
                for field, value in zip(asked, told, strict=True):
                    if value in asked[field]:
                        found[field].setdefault(value, {})[told[0]] = weight
        known = {word: weights[word] for word, weights in found["word"].items()}
        return Looked(known, _ordered(found["sound"]), _ordered(found["fuzzy"]))


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
            row = _row(word, 0, weight)
            if row.sound:
                self.by_sound.setdefault(row.sound, []).append((word, weight))
                self.by_fuzzy.setdefault(row.fuzzy, []).append((word, weight))

    def look(self, *, words: Collection[str] = (), sounds: Collection[str] = (), fuzzy: Collection[str] = ()) -> Looked:
        return Looked(
            {word: self.weights[word] for word in words if word in self.weights},
            {sound: self.by_sound[sound] for sound in sounds if sound in self.by_sound},
            {sound: self.by_fuzzy[sound] for sound in fuzzy if sound in self.by_fuzzy},
        )


def _ordered(found: Mapping[str, Mapping[str, int]]) -> Hits:
    """The weightier first, then by the word."""
    return {value: sorted(words.items(), key=lambda hit: (-hit[1], hit[0])) for value, words in found.items()}


def _row(word: str, audience: int, weight: int) -> Row:
    if is_han(word):
        return Row(word, audience, weight, sound_of(word)[:40], fuzzy_sound_of(word)[:40])
    return Row(word, audience, weight)


def _is_full() -> bool:
    """Counted only where so many were stored in all."""
    last = VocabularyWord.objects.aggregate(last=Max("pk"))["last"] or 0
    return last > MOST_TEXT_WORDS and VocabularyWord.objects.count() > MOST_TEXT_WORDS


def words_forgotten() -> None:
    """This process looks up again what is stored."""
    _Known.weights.clear()
    _Known.seen.clear()
    _Known.last = None


def _check_memory() -> None:
    """A table that was emptied, or another database, is noticed by the row that was stored last; a removal by its row."""
    census = VocabularyCensus.objects.values_list("pk", flat=True).first()
    if census != _Known.census:
        words_forgotten()
        _Known.census = census
    if _Known.last is not None and not VocabularyWord.objects.filter(pk=_Known.last[0], word=_Known.last[1]).exists():
        words_forgotten()


def _remember(stored: Mapping[Word, int]) -> None:
    if len(_Known.weights) > MOST_TEXT_WORDS:
        _Known.weights.clear()
        _Known.seen.clear()
    _Known.weights.update(stored)
    for word, audience in stored:
        _Known.seen.setdefault(audience, set()).add(word)
    word, _audience = next(iter(stored))
    # In no order: by the row's number the database would go through the table until it meets the word.
    last = next(iter(VocabularyWord.objects.filter(word=word).order_by().values_list("pk", "word")[:1]), None)
    if last is not None:
        _Known.last = last
