"""Words of the dictionary as suggestions while somebody types, and among the words that mend misspelt queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.dictionary.models import Term, TermState
from search.dictionary.rules import parted
from search.suggest.entries import TERM, Entry
from search.suggest.services import owner_suggestions_set, term_entries, terms_known
from search.suggest.sources import register_suggestion_source


def shown_words(term: Term) -> list[str]:
    """The words of a row as they were typed, if it is in use."""
    return [term.text, *parted(term.meaning)] if term.state == TermState.APPROVED else []


def term_suggestions_set(*, term: Term, gone: bool = False) -> None:
    """Stores the suggestions of a row that was changed, in the transaction of the change."""
    words = [] if gone else shown_words(term)
    owner_suggestions_set(kind=TERM, key=str(term.pk), entries=term_entries(words) if words else [])
    if words:
        terms_known(words=words)


def term_source() -> Iterator[tuple[str, Sequence[Entry]]]:
    """What is stored of every row in use; the audit compares."""
    for term in Term.objects.filter(state=TermState.APPROVED).order_by("pk").iterator():
        yield str(term.pk), term_entries(shown_words(term))


def register_all() -> None:
    """Called once when the apps are ready."""
    register_suggestion_source(TERM, term_source)
