"""Cuts a normalised text into runs, and runs into what is stored and asked: bigrams, Latin words with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add

HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{HAN_CLASS}]+")
_LETTER = f"[^\\W_{HAN_CLASS}]"
LATIN = re.compile(f"[±°]?{_LETTER}+(?:[.\\-+#/_~°]{_LETTER}+)*[+#%°‰]*")
RUN = re.compile(f"{HAN.pattern}|{LATIN.pattern}")
_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")

# What a whitespace tokenizer would take for the space between two tokens; a line's end is told apart.
_BLANKS = " \t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ODD_GAP = re.compile(f"[{_BLANKS.replace(' ', '')}]")
_GAPS = str.maketrans(dict.fromkeys(_BLANKS, "\u2423") | {"\n": "\u2424"})

# Lucene cuts a token at 255 characters; a longer run is no word but data.
LONGEST_TOKEN = 100


def runs(text: str) -> Iterator[re.Match[str]]:
    """Han runs and Latin runs of a normalised text, in order."""
    return RUN.finditer(text)


def is_han(run: str) -> bool:
    """Whether a run is Chinese characters (a run is never mixed)."""
    return "\u4e00" <= run[:1] <= "\u9fff" or HAN.match(run) is not None


def bigrams(run: str) -> list[str]:
    """A Han run's pairs of neighbours; one character alone is itself."""
    return list(map(add, run, run[1:])) or [run]


@lru_cache(maxsize=4096)
def latin_tokens(run: str) -> tuple[str, ...]:
    """A Latin run whole, then its parts: gb-t2 → gb-t2, gb, t, 2; 0.6mpa → 0.6mpa, 0.6, mpa; ±2mm → ±2mm, 2mm, 2, mm."""
    whole = run[:LONGEST_TOKEN]
    parts = [part[:LONGEST_TOKEN] for part in _PART.findall(run)]
    return tuple(dict.fromkeys([whole, *([whole[1:]] if whole[0] in "±°" else []), *parts]))


def stored_grams(found: Iterable[str]) -> list[str]:
    """The gram tokens of the runs of a text that is stored: bigrams of each Han run, then its last character alone.

    That last character makes `锅*` find 锅 wherever it stands (高压锅 → 高压 压锅 锅), and parts two runs so that a
    phrase of bigrams never crosses punctuation: 操作，作法 → 操作 作 作法 法, where the phrase 操作 作法 is not.
    """
    tokens: list[str] = []
    for run in found:
        if is_han(run):
            tokens += map(add, run, run[1:])
            tokens.append(run[-1])
        else:
            tokens += latin_tokens(run)
    return tokens


def characters(text: str) -> str:
    """Every character a token, a gap a token too, a line's end another: a phrase over it is plain `in`."""
    # A normalised text has no other gaps than these two, and a character after the other is quicker than a table.
    told = text.translate(_GAPS) if _ODD_GAP.search(text) else text.replace(" ", "\u2423").replace("\n", "\u2424")
    return " ".join(told)
