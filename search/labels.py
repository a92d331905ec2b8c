"""Names of facet values that `people` owns."""

from __future__ import annotations

from collections.abc import Iterable

from people.models import Trade


def trade_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of trades by id."""
    return dict(Trade.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
