"""Totals and facets from groups of matches: what a filter leaves, and what each choice would find."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from search.engines.contract import SearchRequest


class Group(NamedTuple):
    """So many matches alike in what can be filtered by. `trades`: ids with commas between."""

    kind: str
    studio: int | None
    trades: str
    pieces: int


Facets = dict[str, dict[int | str, int]]


def total(groups: list[Group], request: SearchRequest) -> int:
    """How many matches pass every filter of the request."""
    return sum(group.pieces for group in groups if all(_passes(group, request)))


def facets(groups: list[Group], request: SearchRequest) -> Facets:
    """How many hits each value has. A facet leaves its own filter out: it shows what another choice would find."""
    found: dict[str, Counter[int | str]] = {"kind": Counter(), "studio": Counter(), "trade": Counter()}
    for group in groups:
        fits_kind, fits_studio, fits_trade = _passes(group, request)
        if fits_studio and fits_trade:
            found["kind"][group.kind] += group.pieces
        if fits_kind and fits_trade and group.studio is not None:
            found["studio"][group.studio] += group.pieces
        if fits_kind and fits_studio:
            found["trade"].update(dict.fromkeys(_ids(group.trades), group.pieces))
    return {name: dict(counts) for name, counts in found.items()}


def _passes(group: Group, request: SearchRequest) -> tuple[bool, bool, bool]:
    return (
        request.kind is None or group.kind == request.kind,
        request.studio is None or group.studio == request.studio,
        request.trade is None or request.trade in _ids(group.trades),
    )


@lru_cache(maxsize=10_000)
def _ids(trades: str) -> tuple[int, ...]:
    return tuple(int(trade) for trade in trades.split(",") if trade)
