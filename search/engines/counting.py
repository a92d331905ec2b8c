"""Totals and facets from the rows that match: what a filter leaves, and what each choice would find."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from search.engines.contract import SearchRequest


class Row(NamedTuple):
    """A match: what counting and ordering need of it. `trades`: ids with commas between. `rank`: the lower the better."""

    id: int
    kind: str
    key: str
    studio: int | None
    trades: str
    rank: float


Facets = dict[str, dict[int | str, int]]


def chosen(rows: list[Row], request: SearchRequest) -> list[Row]:
    """The rows that pass every filter of the request."""
    if request.kind is not None:
        rows = [row for row in rows if row.kind == request.kind]
    if request.studio is not None:
        rows = [row for row in rows if row.studio == request.studio]
    if request.trade is not None:
        rows = [row for row in rows if request.trade in _ids(row.trades)]
    return rows


def facets(rows: list[Row], request: SearchRequest) -> Facets:
    """How many hits each value has. A facet leaves its own filter out: it shows what another choice would find."""
    groups = Counter((row.kind, row.studio, row.trades) for row in rows)
    found: dict[str, Counter[int | str]] = {"kind": Counter(), "studio": Counter(), "trade": Counter()}
    for (kind, studio, trades), count in groups.items():
        trade_ids = _ids(trades)
        fits_kind = request.kind is None or kind == request.kind
        fits_studio = request.studio is None or studio == request.studio
        fits_trade = request.trade is None or request.trade in trade_ids
        if fits_studio and fits_trade:
            found["kind"][kind] += count
        if fits_kind and fits_trade and studio is not None:
            found["studio"][studio] += count
        if fits_kind and fits_studio:
            found["trade"].update(dict.fromkeys(trade_ids, count))
    return {name: dict(counts) for name, counts in found.items()}


@lru_cache(maxsize=10_000)
def _ids(trades: str) -> tuple[int, ...]:
    return tuple(int(trade) for trade in trades.split(",") if trade)
