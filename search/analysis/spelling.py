"""One spelling for quantities and codes: 0.6 兆帕 and 0.6 MPa are 0.6mpa, YJV-22 and YJV 22 are yjv22.

Works on normalised texts, of pages and of queries alike, so that what is the same is literally equal: exact counts hold
across spellings without the engines knowing of it. Nothing is lost: where Chinese characters were replaced, a stored
text carries the clause as it was written too (`stored_text`), so 兆帕 and 帕 alone are found as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.normal import Normal, normalised_again
from search.analysis.numerals import CHARACTERS, NUMERAL, number
from search.analysis.runs import HAN_CLASS
from search.analysis.units import ALONE, DENOMINATORS, NOT_BEFORE, SYMBOLS, UNITS

Edit = tuple[int, int, str]

_HAN_UNITS = {word: symbol for symbol, words in UNITS.items() for word in words}
_LATIN_UNITS = {symbol: symbol for symbol in UNITS} | SYMBOLS


def _either(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _guarded(word: str) -> str:
    if word in ALONE:
        return f"{word}(?![{HAN_CLASS}])"
    return f"{word}(?![{NOT_BEFORE[word]}])" if word in NOT_BEFORE else word


_HAN_UNIT = "|".join(_guarded(word) for word in sorted(_HAN_UNITS | {"度": "°"}, key=lambda word: (-len(word), word)))
_LATIN_UNIT = f"(?:{_either(_LATIN_UNITS)})(?![a-z0-9])"
_UNIT = f"{_HAN_UNIT}|{_LATIN_UNIT}"
_UNDER = f"{_UNIT}|{'|'.join(DENOMINATORS)}"

_UNIT_BEGINS = "".join(sorted({re.escape(word[0]) for word in (*_HAN_UNITS, *_LATIN_UNITS)}))

# 三千五百二十, 一百二十: long enough to be a number and nothing else; shorter ones only before a unit.
_LONG_NUMERAL = re.compile(f"[{CHARACTERS}]{{3,}}(?<![千])")
_DECIMAL = f"(?:{NUMERAL})+(?:点[零一二三四五六七八九]+)?"
_MEASURED_NUMERAL = re.compile(
    f"(?:正负)?({_DECIMAL})(?=(?:[至到~-](?:{NUMERAL})+)? ?(?!度)(?=[{_UNIT_BEGINS}])(?:{_UNIT}))"
)
_PERCENT = re.compile(rf"百分之(\d+(?:\.\d+)?|{_DECIMAL})")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d])")
_TIMES = re.compile(r"(?<=\d)(?: ?[×✕*] ?| x |x)(?=\d)|(?<=[a-z]) ?[×✕] ?(?=\d)")
_QUANTITY = re.compile(
    f"(?<=[0-9])(?P<gap> {{0,2}})(?:(?P<unit>{_UNIT})(?: ?(?:/|每) ?(?P<under>{_UNDER}))?|(?P<rpm>rpm)(?![a-z0-9]))"
)
# 度 alone may be an angle or a kilowatt-hour; after 摄氏 it is neither.
_CELSIUS = re.compile(r"摄氏 ?(?P<figure>-?\d+(?:\.\d+)?(?: ?[~至到-] ?\d+(?:\.\d+)?)?) ?[度°](?!c)")
_DEGREES = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:~\d+(?:\.\d+)?)?°(?=c(?![a-z0-9]))")
_RANGE = re.compile(
    rf"(?<=\d) ?[~〜—–至到-]+ ?(?=\d+(?:\.\d+)? ?(?:{_either(_LATIN_UNITS)})(?![a-z0-9]))"
    rf"|(?<=\d)(?P<same>{_either(_LATIN_UNITS)}) ?[~〜—–至到-]+ ?(?=\d+(?:\.\d+)?(?P=same)(?![a-z0-9]))"
)
_PLUS_MINUS = re.compile(r"(?:±|\+ ?/ ?-|正负) ?(?=\d)")
_CODE_DASH = re.compile(r"(?<=[a-z])[-‐‑](?=\d)")
_CODE_GAP = re.compile(rf"(?<![a-z0-9])([a-z]{{1,5}}) (?=\d+(?:\.\d+)?(?! ?(?:{_UNIT}))(?![\d.]))")
_GAPS = re.compile(" {2,}")
_CLAUSE_END = re.compile('[。，；！？、,;!?:：()（）“”"\n]')
_HAN_CHARACTER = re.compile(f"[{HAN_CLASS}]")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class _Pass:
    pattern: re.Pattern[str]
    spelt: Callable[[re.Match[str]], str | None]

    def replaced(self, match: re.Match[str]) -> str:
        """What stands there afterwards: what stood there, where it is no quantity after all."""
        found = self.spelt(match)
        return match.group() if found is None else found


def _long_number(match: re.Match[str]) -> str | None:
    text = match.group()
    return number(text) if any(char in text for char in "百千万亿") else None


def _measured_number(match: re.Match[str]) -> str | None:
    found = number(match.group(1))
    return None if found is None else match.group().replace(match.group(1), found)


def _quantity(match: re.Match[str]) -> str:
    if match["rpm"]:
        return "r/min"
    under = match["under"]
    return _symbol(match["unit"]) + (f"/{DENOMINATORS.get(under) or _symbol(under)}" if under else "")


def _symbol(unit: str) -> str:
    return _HAN_UNITS.get(unit) or _LATIN_UNITS.get(unit) or {"度": "°"}[unit]


def _percent(match: re.Match[str]) -> str | None:
    found = match[1] if match[1][0].isascii() else number(match[1])
    return None if found is None else f"{found}%"


_NUMERALS = (
    _Pass(_PERCENT, _percent),
    _Pass(_LONG_NUMERAL, _long_number),
    _Pass(_MEASURED_NUMERAL, _measured_number),
)
_QUANTITIES = (
    _Pass(_THOUSANDS, lambda match: match.group().replace(",", "")),
    _Pass(_TIMES, lambda match: "x"),
    _Pass(_CELSIUS, lambda match: f"{match['figure']}°c"),
    _Pass(_QUANTITY, _quantity),
    _Pass(_RANGE, lambda match: f"{match['same'] or ''}~"),
    _Pass(_PLUS_MINUS, lambda match: "±"),
    _Pass(_CODE_DASH, lambda match: ""),
    _Pass(_CODE_GAP, lambda match: match[1]),
)
_LAST = (_Pass(_GAPS, lambda match: " "),)


def one_spelling(plain: str) -> str:
    """A normalised text with quantities and codes in one spelling."""
    for steps in (_NUMERALS, _QUANTITIES, _LAST):
        if steps is _QUANTITIES and not _DIGIT.search(plain):
            continue
        for step in steps:
            plain = step.pattern.sub(step.replaced, plain)
    return plain


def degrees_meant(spelt: str) -> tuple[str, ...]:
    """Temperatures of a text in one spelling as they stand where only 度 is written: 60°c → 60°, which may be an angle."""
    return tuple(dict.fromkeys(_DEGREES.findall(spelt)))


def one_spelling_mapped(normal: Normal) -> Normal:
    """The same with the way back to the original."""
    if one_spelling(normal.text) == normal.text:
        return normal
    for step in (*_NUMERALS, *_QUANTITIES, *_LAST):
        edits = list(_edits(normal.text, step))
        if edits:
            normal = _edited(normal, edits)
    return normal


@lru_cache(maxsize=256)
def spelt_again(text: str) -> Normal:
    """An original text in one spelling, remembered for a moment: what is shown is scored first and marked then."""
    return one_spelling_mapped(normalised_again(text))


def stored_text(plain: str) -> str:
    """What is stored of a normalised text: one spelling, then the clauses in which Chinese words were replaced."""
    spelt = one_spelling(plain)
    if spelt == plain:
        return plain
    clauses = [clause for clause in _CLAUSE_END.split(plain) if clause and _loses_words(clause)]
    return "\n".join([spelt, *dict.fromkeys(clauses)])


def _loses_words(clause: str) -> bool:
    return len(_HAN_CHARACTER.findall(clause)) > len(_HAN_CHARACTER.findall(one_spelling(clause)))


def _edits(text: str, step: _Pass) -> Iterator[Edit]:
    """What changes, as narrow as can be, so that the rest keeps its own places."""
    for match in step.pattern.finditer(text):
        new, start, end = step.spelt(match), match.start(), match.end()
        if new is None:
            continue
        while start < end and new and text[start] == new[0]:
            start, new = start + 1, new[1:]
        while start < end and new and text[end - 1] == new[-1]:
            end, new = end - 1, new[:-1]
        blank = start + len(text[start:end]) - len(text[start:end].lstrip(" ")) if new else start
        if start < blank < end:
            # The blank before a unit goes by itself: a mark on the unit does not begin with it.
            yield start, blank, ""
            start = blank
        if start < end or new:
            yield start, end, new


def _edited(normal: Normal, edits: list[Edit]) -> Normal:
    """The text after the edits; every new character stands for all that it replaced."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, new in edits:
        _kept(normal, at, start, parts, starts, ends)
        parts.append(new)
        # Something put in between stands for the character before it.
        left, right = normal.span(start, end) if start < end else normal.span(start - 1, start)
        starts += [left] * len(new)
        ends += [right] * len(new)
        at = end
    _kept(normal, at, len(normal.text), parts, starts, ends)
    return Normal("".join(parts), tuple(starts), tuple(ends))


def _kept(normal: Normal, start: int, end: int, parts: list[str], starts: list[int], ends: list[int]) -> None:
    parts.append(normal.text[start:end])
    starts += range(start, end) if normal.starts is None else normal.starts[start:end]
    ends += range(start + 1, end + 1) if normal.ends is None else normal.ends[start:end]
