"""Figures of a judged run: shares of right first hits, of what stands among the first ten, of right places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.relevance.judge import Answer


@dataclass(frozen=True, slots=True)
class Scores:
    """`first`, `ten`: recall@1 and @10. `mrr`: mean reciprocal rank. `places`: queries that are about a place,
    `placed` of them open there (a page that was not found counts as wrong)."""

    queries: int
    first: float
    ten: float
    mrr: float
    placed: int
    places: int

    @property
    def told(self) -> dict[str, Any]:
        """For a file."""
        told: dict[str, Any] = {"queries": self.queries, "r1": self.first, "r10": self.ten, "mrr": self.mrr}
        return told | ({"placed": self.placed, "places": self.places} if self.places else {})


def scores(answers: Sequence[Answer]) -> Scores:
    """Figures of some answers, of one at least."""
    count = len(answers)
    placed = [answer.place_right for answer in answers if answer.place_right is not None]
    return Scores(
        queries=count,
        first=round(sum(answer.right for answer in answers) / count, 4),
        ten=round(sum(answer.rank > 0 for answer in answers) / count, 4),
        mrr=round(sum(1 / answer.rank for answer in answers if answer.rank) / count, 4),
        placed=sum(placed),
        places=len(placed),
    )


def by_group(answers: Iterable[Answer]) -> dict[str, dict[str, Any]]:
    """Figures by part and group (`held/unit`), each part as a whole too (`held/all`)."""
    gathered: dict[str, list[Answer]] = {}
    for answer in answers:
        for group in ("all", answer.judged.group):
            gathered.setdefault(f"{answer.judged.part}/{group}", []).append(answer)
    return {name: scores(found).told for name, found in gathered.items()}
