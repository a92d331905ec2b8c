"""What is kept of a query, who is shown it, and which spellings are one query. No Django here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.analysis.dictionary import Dictionary
from search.analysis.normal import norm
from search.analysis.regional import GROUPS
from search.analysis.runs import runs

LONGEST_TEXT = 60
KEPT_DAYS = 400
# A query is shown once it was asked on so many days or so many times: what one person typed once stays unseen.
SHOWN_DAYS = 2
SHOWN_TIMES = 3
# An asker's trade is counted where so many people have it.
TRADE_PEOPLE = 5
MOST_SPELLINGS = 16
# Telephone, identity and account numbers are nobody's business.
_NUMBERS = re.compile(r"\d{7,}")


def kept_text(text: str) -> str:
    """The query in the form in which it is counted; "" for what is not kept: pasted text, long numbers, signs alone."""
    plain = pin_text(text)
    unfit = len(plain) > LONGEST_TEXT or _NUMBERS.search(plain.replace(" ", "").replace("-", ""))
    return "" if unfit or next(runs(plain), None) is None else plain


def pin_text(text: str) -> str:
    """The query for which a result is pinned, in the form in which it is compared."""
    return " ".join(norm(text).split())


def may_be_shown(count: int, days: int) -> bool:
    """Whether masters see a query that was asked so often on so many days."""
    return count >= SHOWN_TIMES or days >= SHOWN_DAYS


def spellings(text: str, words: Dictionary) -> tuple[str, ...]:
    """The query, normalised, and as it would be with other regions' words and the dictionary's synonyms."""
    plain = pin_text(text)
    found = {plain: None}
    for word, others in _other_words(plain, words):
        for spelling in list(found):
            for other in others:
                if len(found) < MOST_SPELLINGS and word in spelling:
                    found[spelling.replace(word, other)] = None
    return tuple(found)


def _other_words(plain: str, words: Dictionary) -> Iterable[tuple[str, tuple[str, ...]]]:
    for group in GROUPS:
        for word in group:
            if word in plain:
                yield word, tuple(other for other in group if other != word)
    for meant in words.meant(plain):
        yield meant.word, meant.others
