"""Words that editors might want: frequent in titles, or asked for and not found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from people.audience import visible_pages
from people.audience.selectors import AnyUser
from search import registry
from search.analysis import dictionary
from search.dictionary import live
from search.dictionary.cohesion import Candidate, candidates
from search.dictionary.models import Term
from search.dictionary.rules import plain

MOST_TITLES = 20_000


def from_titles(user: AnyUser) -> list[Candidate]:
    """Words of the titles that the person may see, which the dictionary has not and nobody decided about."""
    return candidates(_titles(user), known_word())


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
