"""Unions of half-open spans of whole numbers: what was watched, when somebody studied."""

from __future__ import annotations

from collections.abc import Iterable

Spans = tuple[tuple[int, int], ...]


def union(*groups: Iterable[Iterable[int]]) -> Spans:
    """All spans merged, sorted, none empty, none touching another. The order of the input does not matter."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((a, b) for group in groups for a, b in group if b > a):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def length(spans: Iterable[tuple[int, int]]) -> int:
    """Sum of the lengths; of a union, the distinct length."""
    return sum(end - start for start, end in spans)


def clip(spans: Iterable[tuple[int, int]], low: int, high: int) -> Spans:
    """The part of the spans that lies within [low, high)."""
    return union((max(start, low), min(end, high)) for start, end in spans)
