"""One spelling of a text: full width, case and Traditional script folded, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import opencc

# Sigma at a word's end has a lower case of its own; which one str.lower gives depends on the neighbours.
_AFTER_LOWER = str.maketrans({"ς": "σ"})
_SURROGATES = re.compile("[\ud800-\udfff]")
# They choose a drawing of the character before them (☺ or its colourful form).
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


# Whatever may fold to something else: all but the Chinese characters proper, small letters, digits and two blanks.
_ODD = re.compile("[^\u4e00-\u9fffa-z0-9 \n]")
# Odd characters that are replaced each by itself; of more of them a text is gone over once.
FEW = 24


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text. `starts`/`ends` give, per character, its span in the original; None: the same offsets."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text of a span (not empty) in the normalised one."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalised(text: str) -> Normal:
    """NFKC, lower case, Traditional to Simplified; invisible characters go, control characters become spaces."""
    text = _SURROGATES.sub("\ufffd", text)
    folds = {char: _fold(char).translate(_AFTER_LOWER) for char in set(_ODD.findall(text))}
    if all(len(fold) == 1 for fold in folds.values()) and not any(map(unicodedata.combining, folds)):
        # Nearly every text: its characters are folded one by one (，→ ,), so the offsets stay.
        return Normal(simplified(_replaced(text, folds)))
    return _folded(text)


def _replaced(text: str, folds: Mapping[str, str]) -> str:
    """The text with each of these characters as its fold, which is a character too."""
    if len(folds) > FEW or any(fold != folds.get(fold, fold) for fold in folds.values()):
        return _ODD.sub(lambda found: folds[found.group()], text)
    # A character after the other is several times faster, and the same where no fold is folded again.
    for char, fold in folds.items():
        if char != fold:
            text = text.replace(char, fold)
    return text


@lru_cache(maxsize=256)
def normalised_again(text: str) -> Normal:
    """The same, remembered for a moment: a passage that is shown is scored first and marked then."""
    return normalised(text)


def norm(text: str) -> str:
    """The normalised text alone."""
    return normalised(text).text


def simplified(text: str) -> str:
    """Traditional to Simplified, of the same length: offsets stay."""
    if text.isascii():
        return text
    converted = _t2s().convert(text)
    if len(converted) == len(text):
        return converted
    # No text is known that gets here; the offsets must hold all the same.
    return "".join(one if len(one) == 1 else char for char in text for one in [_t2s().convert(char)])


@lru_cache(maxsize=1)
def _t2s() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _folded(text: str) -> Normal:
    """Folds cluster by cluster (a base and what combines with it), noting where each character came from."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        stop = at + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        folded = _fold(text[at:stop])
        parts.append(folded)
        starts += [at] * len(folded)
        ends += [stop] * len(folded)
        at = stop
    return Normal(simplified("".join(parts).translate(_AFTER_LOWER)), tuple(starts), tuple(ends))


@lru_cache(maxsize=20_000)
def _fold(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).lower())
    return "".join(_visible(char) for char in folded)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return char if char in "\n " else " "
    # Zero-width joiners, byte order marks, soft hyphens: nobody sees or types them.
    if category == "Cf" or _SELECTORS.match(char):
        return ""
    return char
