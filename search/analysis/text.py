"""What of a text goes into an index, in the form that each engine stores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.runs import RUN, is_han, latin_tokens, stored_grams
from search.analysis.spelling import stored_text
from search.analysis.stems import has_english, stems

# Characters of lines whose cut is kept, twice: what the drain has on its way with room to spare, some 40 MB at most.
MOST_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text cut for storing: its normal form in one spelling, its grams (a space between two), its words, their stems.

    `plain` is the normal form before quantities and codes were given one spelling.
    """

    normal: str
    gram_text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    plain: str

    @property
    def grams(self) -> tuple[str, ...]:
        """The grams one by one."""
        return tuple(self.gram_text.split())

    @property
    def stream(self) -> str:
        """Grams, then words of three characters and more, then stems: one field for an engine with one tokenizer."""
        longer = [word for word in self.words if len(word) > 2 and is_han(word)]
        return " ".join(filter(None, [self.gram_text, *longer, *self.stems]))

    @property
    def plain_words(self) -> tuple[str, ...]:
        """The words as they were written."""
        return self.words if self.plain == self.normal else tuple(words(self.plain))


class _Lines:
    """Lines that one dictionary cut lately.

    A line stands in a passage, in its piece and in the words that mend misspelt queries: it is cut once for all three.
    `before` are those that were cut before these: what is on its way when there are too many is not cut again.
    """

    def __init__(self, by: dictionary.Dictionary, before: dict[str, Analysed]) -> None:
        self.by = by
        self.before = before
        self.cuts: dict[str, Analysed] = {}
        self.characters = 0

    def cut(self, line: str) -> Analysed:
        """The line, cut now where it is not kept."""
        found = self.cuts.get(line) or self.before.get(line)
        if found is None:
            found = self.cuts[line] = _cut(line)
            self.characters += len(line)
        return found


class _Kept:
    lines: _Lines | None = None


def analysed(text: str) -> Analysed:
    """Cuts a text for storing, by the dictionary in use.

    Line by line: no token, no quantity and no word that a script writes otherwise reaches over a line's end.
    """
    cut = lines(text)
    if len(cut) == 1:
        return cut[0]
    return Analysed(
        "\n".join(one.normal for one in cut),
        _gram_text(cut),
        tuple(chain.from_iterable(one.words for one in cut)),
        tuple(dict.fromkeys(chain.from_iterable(one.stems for one in cut))),
        "\n".join(one.plain for one in cut),
    )


def gram_text(text: str) -> str:
    """The grams of a text alone."""
    return _gram_text(lines(text))


def _gram_text(cut: Iterable[Analysed]) -> str:
    return " ".join(one.gram_text for one in cut if one.gram_text)


def lines(text: str) -> list[Analysed]:
    """The lines of a text, each cut for storing."""
    by, kept = dictionary.current(), _Kept.lines
    if kept is None or kept.by is not by:
        kept = _Kept.lines = _Lines(by, {})
    elif kept.characters > MOST_KEPT:
        kept = _Kept.lines = _Lines(by, kept.cuts)
    return [kept.cut(line) for line in text.split("\n")]


def _cut(line: str) -> Analysed:
    plain = norm(line)
    normal = stored_text(plain)
    found = RUN.findall(normal)
    cut = tuple(_words(found))
    return Analysed(normal, " ".join(stored_grams(found)), cut, stems(cut) if has_english(normal) else (), plain)


def words(normal: str) -> list[str]:
    """The words of a normalised text: Han runs by the dictionary, Latin runs whole and in parts."""
    return _words(RUN.findall(normal))


def _words(found: Sequence[str]) -> list[str]:
    # One call of the cutter for all Han runs: it cuts what stands on different lines apart.
    cut = iter(dictionary.current().search_words("\n".join(filter(is_han, found))))
    tokens: list[str] = []
    for run in found:
        tokens += iter(cut.__next__, "\n") if is_han(run) else latin_tokens(run)
    return tokens
