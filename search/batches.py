"""Long lists in pieces, so that neither memory nor a statement's parameters grow without bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def batches(values: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The values in their order, in lists of at most `size`."""
    batch: list[Item] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
