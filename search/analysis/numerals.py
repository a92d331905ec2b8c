"""Numbers in Chinese characters, read strictly: 三千五百二十 is 3520, 一五一十 is none.

Our own thirty lines: a library would also read what is no number (千万 alone, 两三个), and a wrong number would
change what a text says.
"""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
CHARACTERS = "零〇一二三四五六七八九十百千万亿两"
# The 千 of 千克 and 千伏 belongs to the unit.
NUMERAL = "[零〇一二三四五六七八九十百万亿两]|千(?![克米瓦伏帕赫安牛焦卡])"
_BELOW_TEN_THOUSAND = re.compile(
    "(?:([一二三四五六七八九两])千)?(零)?(?:([一二三四五六七八九两])百)?(零)?(?:([一二三四五六七八九])?(十))?(零)?([一二三四五六七八九])?"
)


def number(text: str) -> str | None:
    """The number in digits; None where the characters are no well-formed number. 三点五 is 3.5."""
    whole, dot, fraction = text.partition("点")
    if dot and not (fraction and all(char in _DIGITS for char in fraction)):
        return None
    value = _whole(whole)
    if value is None:
        return None
    return f"{value}.{''.join(str(_DIGITS[char]) for char in fraction)}" if dot else str(value)


def _whole(text: str) -> int | None:
    if text in _DIGITS:
        return _DIGITS[text]
    above, mark, below = text.rpartition("万")
    if not mark:
        return _small(text)
    high = _DIGITS[above] if above in _DIGITS else _small(above)
    low = _small(below.removeprefix("零")) if below else 0
    return high * 10_000 + low if high and low is not None else None


def _small(text: str) -> int | None:
    match = _BELOW_TEN_THOUSAND.fullmatch(text)
    if not match or not text:
        return None
    thousands, _zero, hundreds, _zero2, tens, ten, _zero3, ones = match.groups()
    value = sum(_DIGITS[char] * weight for char, weight in ((thousands, 1000), (hundreds, 100), (ones, 1)) if char)
    value += (_DIGITS[tens] if tens else 1) * 10 if ten else 0
    return value or None
