"""Totals and facets from groups of matches: what a filter leaves, and what each choice would find."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.engines.contract import FACETS, SearchRequest

Facets = dict[str, dict[int | str, int]]


class Group(NamedTuple):
    """So many matches alike in all that can be filtered by. `trades`, `equipment`: lists as JSON; 0 and "": none."""

    id: int
    kind: str
    studio: int
    trades: str
    equipment: str
    year: int
    file_type: str
    pieces: int

    @property
    def values(self) -> tuple[tuple[int | str, ...], ...]:
        """The values of each facet, in the order of FACETS."""
        return (
            (self.kind,),
            (self.studio,) if self.studio else (),
            _list(self.trades),
            _list(self.equipment),
            (self.year,) if self.year else (),
            (self.file_type,) if self.file_type else (),
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """`total`: matches that pass every filter, all in the groups named by `passing`."""

    total: int
    passing: tuple[int, ...]
    facets: Facets


def counted(groups: Iterable[Group], request: SearchRequest) -> Counts:
    """Counts matches. A facet leaves its own filter out: it shows what another choice would find."""
    chosen = [(place, request.chosen[facet]) for place, facet in enumerate(FACETS) if facet in request.chosen]
    counters: tuple[Counter[int | str], ...] = tuple(Counter() for _facet in FACETS)
    total, passing = 0, []
    for group in groups:
        values = group.values
        failed = [place for place, wanted in chosen if wanted not in values[place]]
        if not failed:
            total += group.pieces
            passing.append(group.id)
        # One filter alone keeps the group out: it counts for that filter's own facet.
        for place in range(len(FACETS)) if not failed else failed[:1] if len(failed) == 1 else ():
            for value in values[place]:
                counters[place][value] += group.pieces
    return Counts(total, tuple(passing), {name: dict(counts) for name, counts in zip(FACETS, counters, strict=True)})


@lru_cache(maxsize=10_000)
def _list(values: str) -> tuple[int | str, ...]:
    return tuple(json.loads(values))
