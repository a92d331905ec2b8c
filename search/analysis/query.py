"""What a person asks for: literal chunks for short queries, ranked terms for questions, other words as extras."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.regional import regional_words
from search.analysis.runs import LATIN, RUN, bigrams, is_han, latin_tokens, runs
from search.analysis.text import words

LONGEST_QUERY = 256
MOST_TERMS = 64
SHORT_WEIGHT = 8
SHORT_AFTER_CUT = 4
MOST_CHUNKS = 4
EXTRA_WEIGHT = 0.5

# Words that ask and say nothing of the matter; the longest come first.
QUESTION_WORDS = sorted(
    Path(__file__).with_name("question_words.txt").read_text(encoding="utf-8").split(),
    key=lambda word: (-len(word), word),
)
_QUESTION = re.compile("|".join(QUESTION_WORDS))
_ADJACENT = re.compile(f"(?:{RUN.pattern})+")


@dataclass(frozen=True, slots=True)
class Query:
    """An analysed query.

    `chunks`: what a page must literally contain, all of them, for an exact hit. `exact`: the query is short, so exact
    hits come first and are what is counted. `grams`, `words`: unique terms of the question. `extra_*`: other regions'
    words for the same thing, at EXTRA_WEIGHT. Empty chunks and terms: nothing to ask.
    """

    text: str
    chunks: tuple[str, ...] = ()
    exact: bool = False
    grams: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    extras: tuple[str, ...] = field(default=())
    extra_grams: tuple[str, ...] = ()
    extra_words: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """There is nothing to look for."""
        return not self.chunks


def analysed_query(text: str) -> Query:
    """Analyses what was typed. Takes anything, gives a Query that may be empty; never raises."""
    return _analysed(text[:LONGEST_QUERY], dictionary.current().version)


@lru_cache(maxsize=512)
def _analysed(text: str, _dictionary_version: int) -> Query:
    plain = norm(text)
    core = _without_question_words(plain)
    chunks = _chunks(core)
    extras = regional_words(text)[:8]
    grams = tuple(_query_grams(core))[:MOST_TERMS]
    extra_grams = dict.fromkeys(gram for word in extras for gram in _query_grams(word))
    extra_words = dict.fromkeys(token for word in extras for token in words(word))
    own_words = tuple(dict.fromkeys(words(core)))[:MOST_TERMS]
    return Query(
        text=text,
        chunks=chunks,
        exact=_is_short(chunks, cut=core != plain),
        grams=grams,
        words=own_words,
        extras=extras,
        extra_grams=tuple(gram for gram in extra_grams if gram not in grams),
        extra_words=tuple(word for word in extra_words if word not in own_words),
    )


def _without_question_words(plain: str) -> str:
    """The query without question words; the whole query where fewer than two characters would remain."""
    core = _QUESTION.sub(" ", plain)
    return core if sum(len(match.group()) for match in runs(core)) > 1 else plain


def _chunks(core: str) -> tuple[str, ...]:
    """Runs that touch each other make a chunk; a query of symbols alone is taken as it stands."""
    found = [match.group() for match in _ADJACENT.finditer(core)]
    if not found:
        found = [word for word in core.split() if any(unicodedata.category(char)[0] == "S" for char in word)]
    return tuple(dict.fromkeys(found))


def _is_short(chunks: tuple[str, ...], *, cut: bool) -> bool:
    weight = sum(_weight(chunk) for chunk in chunks)
    longest = SHORT_AFTER_CUT if cut else SHORT_WEIGHT
    return 0 < weight <= longest and len(chunks) <= MOST_CHUNKS


def _weight(chunk: str) -> int:
    """How long a chunk reads: a Chinese character counts one, a Latin word two."""
    latin = LATIN.findall(chunk)
    return len(LATIN.sub("", chunk)) + 2 * len(latin)


def _query_grams(text: str) -> list[str]:
    found: dict[str, None] = {}
    for match in runs(text):
        run = match.group()
        found.update(dict.fromkeys(bigrams(run) if is_han(run) else latin_tokens(run)))
    return list(found)
