"""Words of the dictionary as suggestions while somebody types, and among the words that mend misspelt queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.dictionary.models import Term, TermState
from search.dictionary.rules import parted
from search.suggest.entries import TERM, Entry
from search.suggest.services import term_entries, terms_known
from search.suggest.sources import register_suggestion_source
from search.suggest.store import Name, owners_write


def shown_words(term: Term) -> list[str]:
    """The words of a row as they were typed, if it is in use."""
    return [term.text, *parted(term.meaning)] if term.state == TermState.APPROVED else []


def term_suggestions_set(*, terms: Sequence[Term], gone: Sequence[Term] = ()) -> None:
    """Stores the suggestions of rows that were changed or removed, in the transaction of the change."""
    wanted: dict[Name, Sequence[Entry]] = {(TERM, str(term.pk)): [] for term in gone}
    wanted |= {(TERM, key): entries for key, entries in _entries(terms)}
    owners_write(wanted)
    words = [word for term in terms for word in shown_words(term)]
    if words:
        terms_known(words=words)


def term_source() -> Iterator[tuple[str, Sequence[Entry]]]:
    """What is stored of every row in use; the audit compares."""
    yield from _entries(list(Term.objects.filter(state=TermState.APPROVED).order_by("pk")))


def _entries(terms: Sequence[Term]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """Key and suggestions of each row; who may be offered them is asked once for all."""
    words = {term.pk: dict.fromkeys(shown_words(term)) for term in terms}
    every = term_entries([word for found in words.values() for word in found]) if any(words.values()) else []
    by_label = {entry.label: entry for entry in every}
    for pk, found in words.items():
        yield str(pk), [by_label[word] for word in found]


def register_all() -> None:
    """Called once when the apps are ready."""
    register_suggestion_source(TERM, term_source)
