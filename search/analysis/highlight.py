"""Marks the words of a query in an original text, and picks the excerpt that shows most of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.normal import normalised_again
from search.analysis.query import Query
from search.analysis.runs import is_han
from search.analysis.spelling import spelt_again
from search.analysis.stems import words_with_stems

Span = tuple[int, int]

EXCERPT_CHARACTERS = 120
_SENTENCE_END = re.compile(r"[。！？；!?;\n]")
_CHUNK_WORTH = 8


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of the original text with the spans to mark in it; `cut_*`: text was left out on that side."""

    text: str
    spans: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


@lru_cache(maxsize=64)
def mark_terms(query: Query) -> tuple[str, ...]:
    """The normalised words that are marked: the literal chunks, then words and other regions' words."""
    singles = {word for word in query.words if len(word) > 1 or not is_han(word)}
    terms = [*query.chunks, *sorted(singles, key=lambda word: (-len(word), word)), *query.extras]
    return tuple(dict.fromkeys(terms))


def spans(text: str, query: Query) -> tuple[Span, ...]:
    """Spans (start, end) of the original text to be marked, in order, none touching another.

    Where the text has a literal chunk, chunks alone are marked; else the words that the query is made of.
    """
    normals = [normalised_again(text)]
    if query.measured and (spelt := spelt_again(text)) is not normals[0]:
        # 0.6 兆帕 is marked for 0.6MPa, and for 兆帕 too.
        normals.append(spelt)
    literal = [(normal, span) for normal in normals for span in _literal(normal.text, query)]
    related = _forms if literal and query.exact else _related
    found = literal + [(normal, span) for normal in normals for span in related(normal.text, query)]
    return _merged([normal.span(*span) for normal, span in found])


def excerpt(text: str, query: Query, characters: int = EXCERPT_CHARACTERS) -> Excerpt:
    """The stretch of the text that says most about the query, from the start of a sentence where one is near."""
    marked = spans(text, query)
    if not marked:
        return _piece(text, 0, characters, ())
    best = max(marked, key=lambda span: (_worth(text, marked, span[0], characters), -span[0]))[0]
    return _piece(text, _start(text, best, characters), characters, marked)


def _literal(text: str, query: Query) -> list[Span]:
    return [span for chunk in query.chunks for span in _occurrences(text, chunk)]


def _related(text: str, query: Query) -> list[Span]:
    """Parts of the query, other words for it, other forms of its English words."""
    return [span for term in mark_terms(query) for span in _occurrences(text, term)] + _forms(text, query)


def _forms(text: str, query: Query) -> list[Span]:
    return words_with_stems(text, query.stems)


def _occurrences(text: str, term: str) -> list[Span]:
    """Every place of a term. A Latin word stands alone (kv is no word in kvm), digits and letters apart may touch."""
    found = []
    at = text.find(term)
    while at >= 0:
        found.append((at, at + len(term)))
        at = text.find(term, at + len(term))
    if is_han(term) or not term.isalnum():
        return found
    return [span for span in found if _stands_alone(text, *span)] or found


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (_joined(text, start - 1, start) or _joined(text, end - 1, end))


def _joined(text: str, left: int, right: int) -> bool:
    """Whether two neighbours belong to one word of letters, or to one number."""
    if left < 0 or right >= len(text):
        return False
    one, other = text[left], text[right]
    letters = one.isalpha() and other.isalpha() and not (is_han(one) or is_han(other))
    return letters or (one.isdigit() and other.isdigit())


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _worth(text: str, marked: tuple[Span, ...], start: int, characters: int) -> int:
    """What a window starting there shows: different words count much, repeated ones little."""
    inside = [span for span in marked if start <= span[0] and span[1] <= start + characters - characters // 4]
    different = {text[slice(*span)] for span in inside}
    return sum(_CHUNK_WORTH * len(word) for word in different) + len(inside)


def _start(text: str, hit: int, characters: int) -> int:
    """Where the excerpt begins: at the sentence of the hit if that is near, else a little before the hit."""
    if len(text) <= characters:
        return 0
    earliest = max(0, hit - characters // 2)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, hit)]
    start = ends[-1] if ends else (0 if earliest == 0 else hit - characters // 5)
    while start < hit and text[start].isspace():
        start += 1
    return start


def _piece(text: str, start: int, characters: int, marked: tuple[Span, ...]) -> Excerpt:
    end = min(len(text), start + characters)
    inside = tuple((left - start, min(right, end) - start) for left, right in marked if start <= left < end)
    return Excerpt(text[start:end], inside, cut_before=start > 0, cut_after=end < len(text))
