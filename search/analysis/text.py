"""What of a text goes into an index, in the form that each engine stores."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.runs import RUN, is_han, latin_tokens, stored_grams
from search.analysis.spelling import stored_text
from search.analysis.stems import has_english, stems

# Characters of lines whose cut is kept: a batch of the drain with room to spare, some 40 MB at most.
MOST_KEPT = 400_000


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text cut for storing: its normal form in one spelling, its grams, its words and their stems.

    `plain` is the normal form before quantities and codes were given one spelling.
    """

    normal: str
    grams: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    plain: str

    @property
    def stream(self) -> str:
        """Grams, then words of three characters and more, then stems: one field for an engine with one tokenizer."""
        longer = [word for word in self.words if len(word) > 2 and is_han(word)]
        return " ".join([*self.grams, *longer, *self.stems])

    @property
    def plain_words(self) -> tuple[str, ...]:
        """The words as they were written."""
        return self.words if self.plain == self.normal else tuple(words(self.plain))


class _Lines:
    """Lines that one dictionary cut lately.

    A line stands in a passage, in its piece and in the words that mend misspelt queries: it is cut once for all three.
    """

    def __init__(self, by: dictionary.Dictionary) -> None:
        self.by = by
        self.cuts: dict[str, Analysed] = {}
        self.characters = 0

    def cut(self, line: str) -> Analysed:
        """The line, cut now where it is not kept."""
        found = self.cuts.get(line)
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
        tuple(chain.from_iterable(one.grams for one in cut)),
        tuple(chain.from_iterable(one.words for one in cut)),
        tuple(dict.fromkeys(chain.from_iterable(one.stems for one in cut))),
        "\n".join(one.plain for one in cut),
    )


def lines(text: str) -> list[Analysed]:
    """The lines of a text, each cut for storing."""
    by, kept = dictionary.current(), _Kept.lines
    if kept is None or kept.by is not by or kept.characters > MOST_KEPT:
        kept = _Kept.lines = _Lines(by)
    return [kept.cut(line) for line in text.split("\n")]


def _cut(line: str) -> Analysed:
    plain = norm(line)
    normal = stored_text(plain)
    cut = tuple(words(normal))
    return Analysed(normal, tuple(stored_grams(normal)), cut, stems(cut) if has_english(normal) else (), plain)


def words(normal: str) -> list[str]:
    """The words of a normalised text: Han runs by the dictionary, Latin runs whole and in parts."""
    found = RUN.findall(normal)
    # One call of the cutter for all Han runs: it cuts what stands on different lines apart.
    cut = iter(dictionary.current().search_words("\n".join(filter(is_han, found))))
    tokens: list[str] = []
    for run in found:
        tokens += iter(cut.__next__, "\n") if is_han(run) else latin_tokens(run)
    return tokens
