"""What writes suggestions, and what asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from people.audience import audience_for
from search.registry import Piece
from search.suggest.backlog import Waiting, backlog_add
from search.suggest.entries import TERM, Entry, piece_entries
from search.suggest.selectors import Suggestion, suggestions
from search.suggest.store import Name, owners_known, owners_write
from search.suggest.vocabulary import DICTIONARY, text_words, unknown_words, words_write

__all__ = [
    "Suggestion",
    "backlog_record",
    "owner_suggestions_set",
    "pieces_record",
    "suggestions",
    "term_entries",
    "terms_known",
]


@transaction.atomic(savepoint=False)
def pieces_record(*, sent: Mapping[Name, Piece | None]) -> None:
    """Writes the suggestions and the words of pieces that an index has just been sent; None: the piece is gone."""
    owners_write(_entries(sent))
    words_write(unknown_words(filter(None, sent.values())))


@transaction.atomic(savepoint=False)
def backlog_record(*, sent: Mapping[Name, Piece | None], versions: Mapping[Name, tuple[int, int]]) -> None:
    """As `pieces_record`, in a backlog: what has no suggestion yet gets it when nothing is left to send.

    `versions`: id and version of each object.
    """
    entries, at_once = _entries(sent), owners_known(sent)
    owners_write({name: entries[name] for name in at_once})
    later = {name: found for name, found in entries.items() if found and name not in at_once}
    backlog_add([Waiting(*versions[name], found) for name, found in later.items()])
    words_write(unknown_words(filter(None, sent.values())))


def _entries(sent: Mapping[Name, Piece | None]) -> dict[Name, list[Entry]]:
    return {name: piece_entries(piece) if piece else [] for name, piece in sent.items()}


@transaction.atomic
def owner_suggestions_set(*, kind: str, key: str, entries: Sequence[Entry]) -> None:
    """Stores exactly these suggestions for something that is no piece (a term of the dictionary); none: it goes."""
    owners_write({(kind, key): entries})


def term_entries(words: Sequence[str]) -> list[Entry]:
    """Suggestions of words that everybody may be offered."""
    everybody = audience_for(()).pk
    return [Entry(TERM, word, everybody) for word in dict.fromkeys(words)]


@transaction.atomic
def terms_known(*, words: Sequence[str]) -> None:
    """Takes words of the dictionary into the vocabulary that mends misspelt queries."""
    everybody = audience_for(()).pk
    words_write({(word, everybody): DICTIONARY for text in words for word in text_words(text)})
