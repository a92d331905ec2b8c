"""Other spellings of a query: words of the same sound, pinyin for the characters, one wrong letter. Plain Python.

Nothing is decided here: a candidate is only what may be meant, with how far it is from what was typed.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.runs import is_han, runs
from search.suggest.sounds import folded, is_spelt, readings_of, spelt
from search.suggest.vocabulary import LONGEST_HAN, Looked, Vocabulary, is_kept

MOST = 6
# Whoever types more words than these asks a question, which finds by any of them.
MOST_RUNS = 5
LONGEST_RUN = 16
LONGEST_LETTERS = 32
WINDOW = 4
SHORTEST_EDITED, LONGEST_EDITED = 4, 16
# How far a spelling is from what was typed.
SAME_SOUND, PINYIN, LIKE_SOUND, ONE_LETTER, FUZZY_PINYIN, PINYIN_ONE_LETTER = 1.0, 1.0, 2.0, 2.0, 2.5, 3.0
_LETTERS = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A spelling that may be meant. `cost`: the lower, the nearer. `sure`: what was typed is no word of its own."""

    text: str
    cost: float
    sure: bool = True


def candidates(text: str, vocabulary: Vocabulary, *, doubted: bool = False) -> list[Candidate]:
    """The likeliest other spellings of a query, the nearest first, a handful at most.

    `doubted`: the words themselves are found somewhere, and may be misspelt there too.
    """
    plain = norm(text)
    parts = list(runs(plain))
    if len(parts) > MOST_RUNS:
        return []
    found = {match.span(): _of_run(match.group(), vocabulary, doubted=doubted) for match in parts}
    found = {span: ways for span, ways in found.items() if ways}
    made: dict[str, Candidate] = {}
    for rank in range(MOST if found else 0):
        chosen = {span: ways[min(rank, len(ways) - 1)] for span, ways in found.items()}
        one = _replaced(plain, chosen)
        if one.text != plain:
            made.setdefault(one.text, one)
    return list(made.values())


def _replaced(plain: str, chosen: Mapping[tuple[int, int], Candidate]) -> Candidate:
    """The query with some of its runs written otherwise."""
    parts: list[str] = []
    at = 0
    for (start, end), one in sorted(chosen.items()):
        parts += [plain[at:start], one.text]
        at = end
    cost = sum(one.cost for one in chosen.values())
    return Candidate("".join([*parts, plain[at:]]), cost, all(one.sure for one in chosen.values()))


def _of_run(run: str, vocabulary: Vocabulary, *, doubted: bool) -> list[Candidate]:
    if is_han(run):
        ways = _of_characters(run, vocabulary, doubted=doubted) if 1 < len(run) <= LONGEST_RUN else {}
    elif len(run) <= LONGEST_LETTERS:
        ways = _of_letters(run, vocabulary, doubted=doubted)
    else:
        ways = {}
    ways.pop(run, None)
    sure = not dictionary.current().cutter.has_word(run)
    ordered = sorted(ways.items(), key=lambda way: (way[1], way[0]))
    return [Candidate(text, cost, sure) for text, (cost, _weight) in ordered[:MOST]]


Ways = dict[str, tuple[float, int]]


def _of_characters(run: str, vocabulary: Vocabulary, *, doubted: bool) -> Ways:
    """A Chinese run with one of its words replaced by another that sounds the same, or nearly."""
    spans = list(_windows(run))
    # Words that are found are doubted by their usual reading alone: 听 is also yi, and nobody means 一班 by 听棒.
    read = {span: readings_of(run[slice(*span)])[: 1 if doubted else None] for span in spans}
    exact = {span: ["".join(way) for way in ways] for span, ways in read.items()}
    fuzzy = {span: ["".join(map(folded, way)) for way in ways] for span, ways in read.items()}
    there = vocabulary.look(
        words={run[start:end] for start, end in spans},
        sounds={sound for sounds in exact.values() for sound in sounds},
        fuzzy={sound for sounds in fuzzy.values() for sound in sounds},
    )
    ways: Ways = {}
    for span in spans:
        if not doubted and run[slice(*span)] in there.known:
            continue
        tables = ((SAME_SOUND, there.sounding, exact[span]), (LIKE_SOUND, there.sounding_like, fuzzy[span]))
        for cost, table, sounds in tables:
            for word, weight in (hit for sound in sounds for hit in table.get(sound, ())):
                _put(ways, run, span, word, cost, weight)
    return ways


def _put(ways: Ways, run: str, span: tuple[int, int], word: str, cost: float, weight: int) -> None:
    """Notes a replacement: the fewer characters change, and the better the word is known, the nearer it is."""
    start, end = span
    if len(word) != end - start or word == run[start:end]:
        return
    changed = sum(one != other for one, other in zip(word, run[start:end], strict=True))
    way = (cost + 0.2 * (changed - 1) - 0.05 * (end - start) - 0.1 * weight, -weight)
    text = run[:start] + word + run[end:]
    ways[text] = min(way, ways.get(text, way))


def _windows(run: str) -> Iterator[tuple[int, int]]:
    """The run whole and each stretch of two to four characters."""
    if WINDOW < len(run) <= LONGEST_HAN:
        yield 0, len(run)
    for length in range(2, min(WINDOW, len(run)) + 1):
        for start in range(len(run) - length + 1):
            yield start, start + length


def _of_letters(run: str, vocabulary: Vocabulary, *, doubted: bool) -> Ways:
    """A Latin run as pinyin for characters, as pinyin with a wrong letter, or as another Latin word: at most two looks.

    A run that is a word itself is left alone, unless it is doubted.
    """
    ways: Ways = {}
    is_letters = _LETTERS.fullmatch(run) is not None
    pieces = _spelt_pieces(run) if is_letters else {}
    like = {sound for cuts in pieces.values() for sound in map(_folded, cuts)}
    there = vocabulary.look(words=() if doubted else (run,), sounds=pieces, fuzzy=like)
    if run in there.known:
        return ways
    if is_letters:
        _as_pinyin(run, pieces, there, ways)
    if ways or not SHORTEST_EDITED <= len(run) <= LONGEST_EDITED:
        return ways
    edited = _edited(run)
    # Whole syllables are pinyin, not a word with a wrong letter.
    words = () if is_letters and is_spelt(run) else [one for one in edited if is_kept(one)]
    there = vocabulary.look(words=words, sounds=[one for one in edited if is_spelt(one)] if is_letters else ())
    ways |= {word: (ONE_LETTER - 0.1 * weight, -weight) for word, weight in there.known.items()}
    for word, weight in (hit for hits in there.sounding.values() for hit in hits):
        ways[word] = min((PINYIN_ONE_LETTER - 0.1 * weight, -weight), ways.get(word, (9.0, 0)))
    return ways


def _folded(cut: Iterable[str]) -> str:
    return "".join(map(folded, cut))


def _spelt_pieces(run: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The stretches of a run that are whole syllables, with their cuts."""
    pieces = {
        run[start:end]: spelt(run[start:end])
        for start in range(len(run))
        for end in range(start + 2, min(len(run), start + 24) + 1)
    }
    return {piece: cuts for piece, cuts in pieces.items() if cuts}


def _as_pinyin(run: str, pieces: Mapping[str, tuple[tuple[str, ...], ...]], there: Looked, ways: Ways) -> None:
    """Reads the letters as stretches that are each the sound of a known word: duloucaozuofa → 堵漏 操作法."""
    fuzzy = {
        piece: [hit for sound in map(_folded, cuts) for hit in there.sounding_like.get(sound, ())]
        for piece, cuts in pieces.items()
        if piece not in there.sounding
    }
    for words, cost in _fewest(run, there.sounding, fuzzy):
        text = "".join(word for word, _weight in words)
        weight = min(weight for _word, weight in words)
        ways[text] = min((cost - 0.1 * weight, -weight), ways.get(text, (9.0, 0)))


Words = tuple[tuple[str, int], ...]


def _fewest(
    run: str, exact: Mapping[str, list[tuple[str, int]]], fuzzy: Mapping[str, list[tuple[str, int]]]
) -> Iterable[tuple[Words, float]]:
    """The cheapest ways to read all the letters as words, few words before many."""
    best: dict[int, list[tuple[float, Words]]] = {0: [(0.0, ())]}
    for at in range(len(run)):
        for cost, words in best.get(at, ()):
            for end in range(at + 2, len(run) + 1):
                piece = run[at:end]
                options = [(PINYIN, hit) for hit in exact.get(piece, ())[:MOST]]
                options += [(FUZZY_PINYIN, hit) for hit in fuzzy.get(piece, ())[:MOST]]
                best.setdefault(end, []).extend((cost + more, (*words, hit)) for more, hit in options)
        for later in best:
            if later > at:
                best[later] = sorted(best[later])[:MOST]
    return [(words, cost) for cost, words in best.get(len(run), ()) if words]


def _edited(run: str) -> set[str]:
    """Every run with one letter wrong, missing, too much or swapped with its neighbour. Digits stay: they are sizes."""
    found: set[str] = set()
    for at in range(len(run) + 1):
        head, tail = run[:at], run[at:]
        found |= {head + letter + tail for letter in string.ascii_lowercase}
        if tail and tail[0].isalpha():
            found.add(head + tail[1:])
            found |= {head + letter + tail[1:] for letter in string.ascii_lowercase}
            if len(tail) > 1 and tail[1].isalpha():
                found.add(head + tail[1] + tail[0] + tail[2:])
    found.discard(run)
    return found
