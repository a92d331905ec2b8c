"""Words that no text has any more leave the vocabulary; those that are missing come back.

The audit builds everything that can be found anyway: a `Census` takes the words of each piece on the way and compares
at the end. It has the words in memory for so long, some 20 MB for 10,000 pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Max

from people.audience import audience_for
from search.batches import batches
from search.models import SearchObject
from search.registry import Piece
from search.suggest.models import VocabularyCensus, VocabularyWord
from search.suggest.sources import sources
from search.suggest.store import Name
from search.suggest.vocabulary import DICTIONARY, Word, piece_words, text_words, words_forgotten, words_write

BATCH = 500


class Census:
    """The words that texts have now, by audience. Begin, `take` every piece, `settle`."""

    def __init__(self) -> None:
        self.words: dict[int, dict[str, int]] = {}
        self.last = VocabularyWord.objects.aggregate(last=Max("pk"))["last"] or 0
        self.versions = _versions()

    def take(self, piece: Piece) -> None:
        """Counts a piece in."""
        self._add(piece.audience, piece_words(piece))

    def settle(self, again: Iterable[Piece] = ()) -> tuple[int, int]:
        """Removes what nothing has, adds what is missing; gives how many of each.

        `again`: the present pieces of `changed()`. What came after the beginning stays in any case.
        """
        for piece in again:
            self.take(piece)
        everybody = audience_for(()).pk
        for source in sources().values():
            for _key, entries in source():
                for entry in entries:
                    self._add(everybody, dict.fromkeys(text_words(entry.label), DICTIONARY))
        with transaction.atomic():
            gone = list(self._gone(everybody))
            for chunk in batches(gone, BATCH):
                VocabularyWord.objects.filter(pk__in=chunk).delete()
            if gone:
                # Processes that remember what is stored look it up again.
                VocabularyCensus.objects.all().delete()
                VocabularyCensus.objects.create()
        words_forgotten()
        return len(gone), sum(words_write(dict(chunk)) for chunk in batches(self._wanted(everybody), BATCH))

    def changed(self) -> list[Name]:
        """What was sent or changed since the beginning."""
        return sorted(name for name, version in _versions().items() if self.versions.get(name) != version)

    def _add(self, audience: int, words: dict[str, int]) -> None:
        held = self.words.setdefault(audience, {})
        held.update((word, weight) for word, weight in words.items() if held.get(word, 0) < weight)

    def _gone(self, everybody: int) -> Iterator[int]:
        """Rows whose word no text of the audience has, and those that everybody may read in another text by now."""
        public = self.words.get(everybody, {})
        rows = VocabularyWord.objects.filter(pk__lte=self.last).values_list("pk", "word", "audience", "weight")
        for pk, word, audience, weight in rows.iterator():
            held = self.words.get(audience, {}).get(word)
            if held is None or held < weight or (audience != everybody and public.get(word, 0) >= weight):
                yield pk

    def _wanted(self, everybody: int) -> Iterator[tuple[Word, int]]:
        """What everybody may read goes first: it is not repeated for others."""
        for audience, words in sorted(self.words.items(), key=lambda held: (held[0] != everybody, held[0])):
            for word, weight in words.items():
                yield (word, audience), weight


def _versions() -> dict[Name, int]:
    rows = SearchObject.objects.values_list("kind", "key", "wanted_version")
    return {(kind, key): version for kind, key, version in rows.iterator()}
