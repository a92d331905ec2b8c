"""What of a text goes into an index, in the form that each engine stores."""

from __future__ import annotations

from dataclasses import dataclass

from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.runs import RUN, is_han, latin_tokens, stored_grams
from search.analysis.spelling import stored_text
from search.analysis.stems import stems


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text cut for storing: its normal form in one spelling, its grams, its words and their stems."""

    normal: str
    grams: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]

    @property
    def stream(self) -> str:
        """Grams, then words of three characters and more, then stems: one field for an engine with one tokenizer."""
        longer = [word for word in self.words if len(word) > 2 and is_han(word)]
        return " ".join([*self.grams, *longer, *self.stems])


def analysed(text: str) -> Analysed:
    """Cuts a text for storing, by the dictionary in use."""
    normal = stored_text(norm(text))
    cut = tuple(words(normal))
    return Analysed(normal, tuple(stored_grams(normal)), cut, stems(cut))


def words(normal: str) -> list[str]:
    """The words of a normalised text: Han runs by the dictionary, Latin runs whole and in parts."""
    found = RUN.findall(normal)
    # One call of the cutter for all Han runs: it cuts what stands on different lines apart.
    cut = iter(dictionary.current().search_words("\n".join(filter(is_han, found))))
    tokens: list[str] = []
    for run in found:
        tokens += iter(cut.__next__, "\n") if is_han(run) else latin_tokens(run)
    return tokens
