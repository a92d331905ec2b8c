"""What may be meant: other spellings of a query that finds little, as far as they find something for this reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from search.analysis.query import asks_more
from search.engines import get_engine
from search.engines.contract import SearchRequest
from search.registry import Offers
from search.suggest.candidates import Candidate, candidates
from search.suggest.selectors import entries_beginning, label_span, squeezed
from search.suggest.vocabulary import StoredVocabulary, Vocabulary

FEW = 2
ASKED_MOST = 3
OFFERED_MOST = 2
SECONDS = 0.010
LONGEST_TYPED = 32
_BY_TITLE = 1.5


def offers(*, user: AnyUser, text: str, total: int) -> Offers:
    """Other spellings for a query with `total` hits; none where it has more than a few. May raise EngineUnavailable.

    Each was asked as this reader and has hits: what he may not see is not even spelt out to him. Costs at most three
    counts of the engine, and no further one once 10 ms have passed and one spelling was found.
    """
    if not is_mendable(text, total):
        return Offers()
    until = time.perf_counter() + SECONDS
    audiences = None if reads_all(user) else visible_audience_ids(user)
    likely = likely_spellings(text, total, StoredVocabulary(audiences), partial(_title_parts, audiences=audiences))
    engine = get_engine()
    return mended(
        likely, total, lambda one: engine.search(SearchRequest(one, audiences, limit=0, facets=False)).total, until
    )


def is_mendable(text: str, total: int) -> bool:
    """Whether other spellings are looked for: little was found, and nobody insists on the very words."""
    return total <= FEW and not any(sign in text for sign in '"“”「」')


def likely_spellings(
    text: str, total: int, vocabulary: Vocabulary, titles: Callable[[str], Iterable[str]]
) -> list[Candidate]:
    """What may be meant by words with `total` hits, the nearest first.

    `titles` gives the parts of titles and names that sound like squeezed letters.
    """
    likely = candidates(text, vocabulary, doubted=total > 0)
    if not likely or likely[0].cost > _BY_TITLE:
        likely = sorted([*likely, *_from_titles(text, titles)], key=lambda one: one.cost)
    # Question words are not looked for, so a spelling that has more of them finds more and says less.
    return [one for one in likely if not asks_more(text, one.text)]


def mended(likely: Iterable[Candidate], total: int, count: Callable[[str], int], until: float | None = None) -> Offers:
    """Which of the likely spellings find more than the query's `total` hits, as `count` tells; the nearest are asked.

    What measures another corpus calls it with `likely_spellings` over a vocabulary in memory and its own engine.
    """
    found = _finding(likely, count, more_than=total, until=until)
    if not found:
        return Offers()
    best = found[0]
    if total == 0 and best.sure:
        return Offers(best.text, tuple(one.text for one in found[1:]))
    return Offers(None, tuple(one.text for one in found))


def _from_titles(text: str, titles: Callable[[str], Iterable[str]]) -> list[Candidate]:
    """What titles and names have where the letters typed are their sound: czf → 操作法."""
    typed = squeezed(text)
    if not 1 < len(typed) <= LONGEST_TYPED or not any("a" <= char <= "z" for char in typed):
        return []
    found = dict.fromkeys(titles(typed))
    return [Candidate(label, _BY_TITLE) for label in found if label and squeezed(label) != typed]


def _title_parts(typed: str, audiences: frozenset[int] | None) -> Iterator[str]:
    """From the titles and names that the reader may see."""
    for entry in entries_beginning(typed, audiences, ASKED_MOST * 2):
        start, end = label_span(entry, typed) or (0, 0)
        yield entry.label[start:end]


def _finding(
    likely: Iterable[Candidate], count: Callable[[str], int], *, more_than: int, until: float | None
) -> list[Candidate]:
    """Those that find more than the query itself, the nearest first, equally near ones by how much they find."""
    found: list[tuple[float, int, Candidate]] = []
    asked: set[str] = set()
    for one in likely:
        late = found and until is not None and time.perf_counter() > until
        if late or len(asked) == ASKED_MOST or len(found) == OFFERED_MOST:
            break
        if one.text in asked:
            continue
        asked.add(one.text)
        total = count(one.text)
        if total > more_than:
            found.append((round(one.cost, 1), -total, one))
    return [one for _cost, _total, one in sorted(found, key=lambda hit: hit[:2])]
