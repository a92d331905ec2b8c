"""Files that can be found: their title and what was read from them, under their collection's restrictions AND their own audience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from people.audience import audience_for, document_clauses
from people.audience.rules import Clauses
from search.analysis.normal import simplified
from search.registry import Passage, Piece

SAMPLED = 12
LONGEST_SAMPLE = 3_000


class DocumentSearchable:
    """Makes Wagtail's document model findable.

    `studios_of` may be overridden to name the studio of a collection, `passages_of` to say what stands in the files,
    `address_of` where a file is read, `facts_of` what else is known of them, `told_elsewhere` which are no finds.
    """

    def __init__(self, model: type[Any], *, kind: str, label: object, weight: float = 1.0) -> None:
        self.model = model
        self.kind = kind
        self.label = label
        self.weight = weight

    def indexable(self) -> QuerySet[Any]:
        """All files; one in a collection under a shared password has no audience and is left out when it is built."""
        return self.model._default_manager.select_related("collection").order_by("pk")

    def keys(self) -> Iterator[str]:
        """Ids of all files."""
        for key in self.indexable().values_list("pk", flat=True).iterator():
            yield str(key)

    def build(self, key: str) -> Piece | None:
        """The file's current piece, or None where it may not be found."""
        return self.build_many([key]).get(key)

    def build_many(self, keys: Sequence[str]) -> dict[str, Piece]:
        """Pieces of those of the keys that may be found."""
        wanted = [int(key) for key in keys if key.isascii() and key.isdigit()]
        named = list(self.indexable().filter(pk__in=wanted))
        elsewhere = self.told_elsewhere(named)
        files = [file for file in named if file.pk not in elsewhere]
        studios = self.studios_of({file.collection_id for file in files})
        passages = self.passages_of(files)
        facts = self.facts_of(files)
        audiences: dict[tuple[int, tuple[str, ...]], int | None] = {}
        found: dict[str, Piece] = {}
        for file in files:
            place = (file.collection_id, tuple(file.own_audience))
            if place not in audiences:
                audiences[place] = _audience_id(document_clauses(file))
            audience = audiences[place]
            if audience is not None:
                studio = studios.get(file.collection_id)
                found[str(file.pk)] = self._piece(
                    file, audience, studio, tuple(passages.get(file.pk, ())), facts.get(file.pk, {})
                )
        return found

    def told_elsewhere(self, files: Sequence[Any]) -> set[int]:
        """Ids of files that are found as part of another one; the package that knows what belongs together says it."""
        return set()

    def studios_of(self, collection_ids: set[int]) -> dict[int, int]:
        """Studio by collection; the package that knows studios says it."""
        return {}

    def passages_of(self, files: Sequence[Any]) -> Mapping[int, Sequence[Passage]]:
        """What stands in the files, by id of the file; the package that reads files says it."""
        return {}

    def facts_of(self, files: Sequence[Any]) -> Mapping[int, Mapping[str, str]]:
        """Further facts, by id of the file: figures and codes that `search.labels.file_details` puts into words."""
        return {}

    def address_of(self, file: Any) -> str:
        """Where the file is read."""
        return str(file.url)

    def file_type_of(self, file: Any) -> str:
        """The family of its format (`pdf`, `ppt` …), "" where nobody knows."""
        return ""

    def _piece(
        self, file: Any, audience: int, studio: int | None, passages: tuple[Passage, ...], facts: Mapping[str, str]
    ) -> Piece:
        size = {"bytes": str(file.file_size)} if file.file_size else {}
        return Piece(
            kind=self.kind,
            key=str(file.pk),
            title=file.title,
            passages=passages,
            audience=audience,
            url=self.address_of(file),
            studio=studio,
            language=language_of(" ".join([file.title, *(passage.text for passage in passages[:SAMPLED])])),
            date=timezone.localdate(file.created_at),
            file_type=self.file_type_of(file),
            facts={"extension": file.file_extension.lower(), **size, **facts},
        )


def language_of(text: str) -> str:
    """`zh-Hant` where a text has characters that Simplified writes otherwise, else `zh-Hans`: nobody says it of a file.

    A few of them in a long text are names or quotations.
    """
    wide = [char for char in text[:LONGEST_SAMPLE] if ord(char) > 0x2E7F]
    others = sum(before != after for before, after in zip(wide, simplified("".join(wide)), strict=True))
    return "zh-Hant" if others * 20 > len(wide) else "zh-Hans"


def _audience_id(clauses: Clauses | None) -> int | None:
    return None if clauses is None else audience_for(clauses).pk
