"""How much a single Chinese character tells: little where it stands in every text, more the rarer it is in Chinese.

The order of the commonest characters is that of the language, not of an index, so both engines weigh them alike.
"""

from __future__ import annotations

import math
from pathlib import Path

from search.analysis.runs import HAN

# The n-th commonest character weighs ln(1 + n/30), all rarer ones as much as the highest: chosen among six scales on
# the tuning half of `bench/relevance/paragraphs` (docs/relevance.md).
_SCALE = 30.0
HIGHEST = 4.0
# Less than a term that stands once in a text (0.55): presence knows no length, and a long text has much by chance.
_PRESENCE = 0.4
# Two of the most telling characters make a piece worth ranking that has none of the terms.
RARE_MOST = 4
RARE_TOGETHER = 2
_RARE_FROM = 1.5
MOST_CHARACTERS = 32

_RANKS = {
    char: rank
    for rank, char in enumerate(
        "".join(Path(__file__).with_name("common_characters.txt").read_text(encoding="utf-8").split()), start=1
    )
}


def telling(char: str) -> float:
    """How telling a character is by itself, in the scale of a term's idf."""
    rank = _RANKS.get(char)
    return HIGHEST if rank is None else min(math.log(1 + rank / _SCALE), HIGHEST)


def characters_of(grams: tuple[str, ...]) -> tuple[str, ...]:
    """The Chinese characters of these grams, each once, in order."""
    found = dict.fromkeys(char for gram in grams for char in gram if HAN.match(char))
    return tuple(found)[:MOST_CHARACTERS]


def presence_weights(characters: tuple[str, ...]) -> dict[str, float]:
    """What each character adds to the score of a piece that has it."""
    return {char: _PRESENCE * telling(char) for char in characters}


def rare_characters(characters: tuple[str, ...]) -> tuple[str, ...]:
    """The few most telling of these characters, first the rarest, equals in the order asked; common ones never."""
    rare = [char for char in characters if telling(char) >= _RARE_FROM]
    return tuple(sorted(rare, key=lambda char: -telling(char))[:RARE_MOST])
