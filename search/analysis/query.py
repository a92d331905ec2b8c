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
from search.analysis.spelling import degrees_meant, one_spelling
from search.analysis.stems import is_english, stem
from search.analysis.syntax import typed
from search.analysis.telling_characters import characters_of
from search.analysis.text import words

LONGEST_QUERY = 256
MOST_TERMS = 64
SHORT_WEIGHT = 8
SHORT_AFTER_CUT = 4
MOST_CHUNKS = 4
MOST_EXTRAS = 12
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

    `chunks`: what a page must literally contain, all of them, for an exact hit; the `phrases` (from quotes) are among
    them, and hold for a question too. `excluded`: what it must not contain. `exact`: the query is short, so exact hits
    come first and are what is counted. `grams`, `words`: unique terms of the question. `extras`: other words for what
    is asked (other regions', `synonyms` of the dictionary, 60° for 60℃), with `extra_*` terms at EXTRA_WEIGHT, stems of
    English words among them. `characters`: the single Chinese characters of the terms, which weigh little and help to
    rank. Empty chunks and terms: nothing to ask.
    """

    text: str
    chunks: tuple[str, ...] = ()
    exact: bool = False
    grams: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    extras: tuple[str, ...] = field(default=())
    extra_grams: tuple[str, ...] = ()
    extra_words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """There is nothing to look for."""
        return not self.chunks

    @property
    def required(self) -> tuple[str, ...]:
        """What every hit that is counted must literally contain."""
        return self.chunks if self.exact else self.phrases

    @property
    def widened(self) -> bool:
        """Whether pieces near to it may follow the exact hits: not where quotes say that these words are meant."""
        return self.exact and bool(self.grams) and not self.phrases

    @property
    def measured(self) -> bool:
        """Whether it may be written in several spellings: it has digits."""
        return any(char.isdigit() for chunk in self.chunks for char in chunk)


def analysed_query(text: str) -> Query:
    """Analyses what was typed. Takes anything, gives a Query that may be empty; never raises."""
    return _analysed(text[:LONGEST_QUERY], dictionary.current().version)


def asks_more(text: str, other: str) -> bool:
    """Whether another spelling has question words that the text has not: nobody means 修改表何时图 by 修改表格视图."""
    return len(_QUESTION.findall(norm(other))) > len(_QUESTION.findall(norm(text)))


@lru_cache(maxsize=512)
def _analysed(text: str, _dictionary_version: int) -> Query:
    asked = typed(text)
    phrases = tuple(dict.fromkeys(filter(None, map(_phrase, asked.phrases))))
    plain = one_spelling(norm(asked.rest))[:LONGEST_QUERY]
    core = _without_question_words(plain)
    chunks = _chunks(core)
    excluded = tuple(dict.fromkeys(filter(None, map(_phrase, asked.excluded))))
    if not (chunks or phrases):
        return Query(text, excluded=excluded)
    said = " \n".join([core, *phrases])
    own_words = tuple(dict.fromkeys(words(said)))[:MOST_TERMS]
    grams = tuple(_query_grams(said))[:MOST_TERMS]
    synonyms = tuple(other for meant in dictionary.current().meant(norm(asked.rest)) for other in meant.others)
    extras = tuple(dict.fromkeys([*degrees_meant(core), *synonyms, *regional_words(asked.rest)]))[:MOST_EXTRAS]
    extra_grams = dict.fromkeys(gram for word in extras for gram in _query_grams(word))
    own_stems = tuple(dict.fromkeys(stem(word) for word in own_words if is_english(word)))
    extra_words = dict.fromkeys([*(token for word in extras for token in words(word)), *own_stems])
    return Query(
        text=text,
        chunks=tuple(dict.fromkeys([*chunks, *phrases])),
        exact=not chunks or _is_short(chunks, cut=core != plain),
        grams=grams,
        words=own_words,
        extras=extras,
        extra_grams=tuple(gram for gram in extra_grams if gram not in grams),
        extra_words=tuple(word for word in extra_words if word not in own_words),
        phrases=phrases,
        excluded=excluded,
        synonyms=synonyms,
        stems=own_stems,
        characters=characters_of(grams),
    )


def _phrase(text: str) -> str:
    """What stands in quotes, or is left out, as it must literally stand; "" for what no text can be asked for."""
    plain = " ".join(one_spelling(norm(text)).split())[:LONGEST_QUERY]
    return plain if _chunks(plain) else ""


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
