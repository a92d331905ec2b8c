"""Where nothing is found: who may be asked, and words that do find something. Other packages say both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from people.audience.standing import standing_of
from search.suggest.entries import TERM
from search.suggest.models import SuggestionEntry

PEOPLE_SHOWN = 4
TERMS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Askable:
    """Somebody who knows: his name, what for, and the page that tells how to reach him."""

    name: str
    detail: str
    url: str


People = Callable[[AnyUser, Collection[int]], Iterable[Askable]]
Terms = Callable[[AnyUser], Iterable[str]]
_people: list[People] = []
_terms: list[Terms] = []


def register_people_to_ask(people: People) -> None:
    """`people(user, trades)` gives those who know a trade, the best first, whom the reader may see anyway.

    `trades`: ids of the trades in question; none: whoever knows any.
    """
    if people not in _people:
        _people.append(people)


def register_popular_terms(terms: Terms) -> None:
    """`terms(user)` gives words that may be said to this reader; never what others typed, which may be a hidden title."""
    if terms not in _terms:
        _terms.append(terms)


def people_to_ask(user: AnyUser, trade: int | None = None, limit: int = PEOPLE_SHOWN) -> list[Askable]:
    """Who may be asked about a trade; without one about the reader's own."""
    trades = {trade} if trade is not None else set(standing_of(user).trades)
    found = dict.fromkeys(one for people in _people for one in islice(people(user, trades), limit))
    return list(islice(found, limit))


def popular_terms(user: AnyUser, limit: int = TERMS_SHOWN) -> list[str]:
    """Words to search for instead: what readers find, then terms of the dictionary."""
    found = dict.fromkeys(term for terms in _terms for term in islice(terms(user), limit))
    if len(found) < limit:
        rows = SuggestionEntry.objects.filter(kind=TERM)
        if not reads_all(user):
            rows = rows.filter(audience__in=visible_audience_ids(user))
        found |= dict.fromkeys(rows.order_by("label").values_list("label", flat=True)[:limit])
    return list(islice(found, limit))
