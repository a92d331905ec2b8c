"""What quotes and a minus mean in what was typed: phrases, words to leave out, the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

# So many of each are heeded; a query of quotes alone stays cheap.
MOST_PHRASES = 8
MOST_EXCLUDED = 8

_PHRASE = '“([^”]*)”|["＂]([^"＂]*)["＂]|「([^」]*)」|『([^』]*)』|｢([^｣]*)｣'
_QUOTES = '“”"＂「」『』｢｣'
_QUOTE = re.compile(f"[{_QUOTES}]")
# A minus counts at the start of a word and before no digit: YJV-22 keeps its dash, -10℃ is a temperature.
_MINUS = r"(?:^|(?<=\s))[-－−](?=[^\s\d\-－−])"
_PART = re.compile(f"(?P<minus>{_MINUS})?(?P<phrase>{_PHRASE})|{_MINUS}(?P<word>[^\\s{_QUOTES}]+)")


@dataclass(frozen=True, slots=True)
class Typed:
    """`rest`: what is in no quotes and not left out. Texts as they were typed."""

    rest: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def typed(text: str) -> Typed:
    """Reads quotes (“ ” " " 「 」 『 』) and minuses. A quote without its partner is a blank; never raises."""
    phrases: list[str] = []
    excluded: list[str] = []

    def taken(match: re.Match[str]) -> str:
        inner = match["word"] or next((group for group in match.groups()[2:7] if group), "")
        found, most = (excluded, MOST_EXCLUDED) if match["minus"] or match["word"] else (phrases, MOST_PHRASES)
        inner = _QUOTE.sub(" ", inner).strip()
        if inner and len(found) < most:
            found.append(inner)
        return " "

    rest = _PART.sub(taken, text)
    return Typed(_QUOTE.sub(" ", rest), tuple(phrases), tuple(excluded))


def unquoted(text: str) -> str:
    """The same question with its phrases as words like others; "" where it has none. What is left out stays so."""
    asked = typed(text)
    if not asked.phrases:
        return ""

    def bare(match: re.Match[str]) -> str:
        if match["minus"] or match["word"]:
            return match.group()
        return f" {re.sub(_MINUS, ' ', match['phrase'][1:-1])} "

    found = " ".join(_PART.sub(bare, text).split())
    # Quotes in disorder may have kept a dash from leaving out: such a question is not asked otherwise.
    return found if typed(found).excluded == asked.excluded else ""
