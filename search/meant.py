"""Which other word of the dictionary a result has instead of the one that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import dictionary
from search.analysis.dictionary import Meant
from search.analysis.normal import norm


@dataclass(frozen=True, slots=True)
class Instead:
    """`word` was asked for, `other` stands here; `label`: whose words they are ("" for all)."""

    word: str
    other: str
    label: str


def meanings(asked: str) -> tuple[Meant, ...]:
    """The words of a query that have others."""
    return dictionary.current().meant(norm(asked))


def instead(meant: Iterable[Meant], texts: Iterable[str]) -> tuple[Instead, ...]:
    """The other words that stand in these texts where the word asked for does not."""
    plain = "\n".join(map(norm, texts))
    return tuple(
        Instead(one.word, other, one.label)
        for one in meant
        if one.word not in plain
        for other in one.others
        if other in plain
    )
