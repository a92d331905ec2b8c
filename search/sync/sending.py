"""What some waiting objects send to each index, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.engines.contract import Change, Engine, Outcome
from search.models import SearchIndex, SearchSent
from search.registry import Piece
from search.sync.record import Due, Result
from search.sync.rules import content_hash

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sending:
    """Objects with their current pieces (none: gone), and the changes that each index is to be sent.

    `refused`: why some cannot be built, and which indexes lack them.
    """

    due: Sequence[Due]
    pieces: Mapping[Name, Piece]
    changes: Sequence[tuple[SearchIndex, list[Change]]]
    refused: Sequence[Result]

    @classmethod
    def of(
        cls,
        engine: Engine,
        indexes: Sequence[SearchIndex],
        due: Sequence[Due],
        pieces: Mapping[Name, Piece],
        refused: Mapping[Name, str],
    ) -> Sending:
        """What each index does not have yet."""
        changes: list[tuple[SearchIndex, list[Change]]] = []
        failed: list[Result] = []
        hashes = {name: content_hash(piece, engine.analysis_version) for name, piece in pieces.items()}
        none = content_hash(None, engine.analysis_version)
        for index in indexes:
            rows = SearchSent.objects.filter(index=index, object__in=[item.pk for item in due], attempts=0)
            sent = dict(rows.values_list("object_id", "version"))
            lacking = {(item.kind, item.key): item for item in due if sent.get(item.pk, -1) < item.version}
            failed += [
                Result(item, index.pk, "failed", refused[name]) for name, item in lacking.items() if name in refused
            ]
            wanted = [
                Change(*name, item.version, pieces.get(name), hashes.get(name, none))
                for name, item in lacking.items()
                if name not in refused
            ]
            changes.append((index, wanted))
        return cls(due, pieces, changes, failed)

    def send(self, engine: Engine) -> list[list[Outcome]]:
        """Writes to each index; asks nothing of the database. Raises IndexMissing, EngineUnavailable."""
        return [engine.apply(index.name, changes) if changes else [] for index, changes in self.changes]

    def results(self, told: Sequence[Sequence[Outcome]]) -> list[Result]:
        """What is to be recorded of each index, by what `send` told."""
        items = {(item.kind, item.key): item for item in self.due}
        results = list(self.refused)
        for (index, changes), outcomes in zip(self.changes, told, strict=True):
            sent = {(change.kind, change.key): change for change in changes}
            for outcome in outcomes:
                change = sent[outcome.kind, outcome.key]
                results.append(
                    Result(
                        items[outcome.kind, outcome.key],
                        index.pk,
                        "failed" if outcome.state == "failed" else "done",
                        outcome.error,
                        content_hash=change.content_hash,
                        passages=len(change.piece.passages) if change.piece else 0,
                    )
                )
        return results
