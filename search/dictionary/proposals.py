"""Words that editors might want: frequent in titles, or asked for and not found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from people.audience import visible_pages
from people.audience.selectors import AnyUser
from search import registry
from search.analysis import dictionary
from search.analysis.syntax import Typed, typed
from search.dictionary import live
from search.dictionary.cohesion import Candidate, candidates
from search.dictionary.models import Term
from search.dictionary.rules import plain, word_faults
from search.insight.selectors import asked_rows

MOST_TITLES = 20_000
SEARCHED_DAYS = 90
MOST_SEARCHES = 30
# A longer query is a question, no word.
LONGEST_SEARCH = 12


def from_titles(user: AnyUser) -> list[Candidate]:
    """Words of the titles that the person may see, which the dictionary has not and nobody decided about."""
    return candidates(_titles(user), known_word())


def from_searches(user: AnyUser) -> list[dict[str, Any]]:
    """Short queries that found nothing and that nobody decided about: text, times; as far as the person may see them."""
    is_known = known_word()
    since = timezone.localdate() - dt.timedelta(days=SEARCHED_DAYS)
    rows = asked_rows(user=user, since=since, none_only=True)
    fit = [
        {"text": row["text"], "times": row["nothing"]}
        for row in rows[: 10 * MOST_SEARCHES]
        if _is_word(row["text"]) and not is_known(row["text"])
    ]
    return fit[:MOST_SEARCHES]


def _is_word(text: str) -> bool:
    """Whether a query may be a word: short, and without quotes and minuses."""
    return len(text) <= LONGEST_SEARCH and not word_faults(text) and typed(text) == Typed(text)


def known_word() -> Any:
    """Tells of a word whether the cutter has it, or an editor was asked about it already."""
    live.follow()
    cutter = dictionary.current().cutter
    asked = set(Term.objects.values_list("normal", flat=True))

    def is_known(word: str) -> bool:
        normal = plain(word)
        return normal in asked or list(cutter.cut(normal, False)) == [normal]

    return is_known


def _titles(user: AnyUser) -> Iterator[str]:
    for searchable in registry.kinds().values():
        for model in getattr(searchable, "models", ()):
            pages = visible_pages(model._default_manager.filter(live=True), user)
            yield from pages.values_list("title", flat=True)[:MOST_TITLES]
