"""Which copy of an index answers a search: the same one for one question, until a node falls silent."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from search.engines.elastic_client import RETRIES
from search.engines.elastic_dsl import Search

# A cluster takes a silent node out after some thirty seconds; until then its copies are still asked.
UNSETTLED_SECONDS = 60.0


class Copies:
    """Asks searches. Not answered in time by the copy that belongs to the question, they go to whichever is quickest.

    A node that is killed refuses, and the cluster turns to the other copy at once. One that falls silent (a cut
    cable, a frozen machine) answers nothing, and the same question would be sent to it again and again: so for a
    minute the cluster chooses, which turns away from copies that owe it answers.
    """

    def __init__(self, client: Elasticsearch, now: Callable[[], float] = time.monotonic) -> None:
        self._fixed = client.options(retry_on_timeout=False)
        self._free = client.options(max_retries=RETRIES)
        self._free_after_one = client.options(max_retries=RETRIES - 1)
        self._now = now
        self._unsettled_until = 0.0

    def answer(self, asked: Search, text: str) -> dict[str, Any]:
        """What the cluster answers; pages of one list fit together because one question goes to one copy."""
        if self._now() < self._unsettled_until:
            return _told(asked.using(self._free))
        copy = zlib.crc32(text.encode("utf-8", "replace")) % 97
        try:
            return _told(asked.using(self._fixed).params(preference=f"q{copy}"))
        except ConnectionTimeout:
            self._unsettled_until = self._now() + UNSETTLED_SECONDS
        return _told(asked.using(self._free_after_one))


def refreshed_everywhere(shards: Mapping[str, int], indexes: int) -> bool:
    """Whether a refresh reached every copy that is asked. `shards`: `_shards` of its answer, `indexes` of one shard each.

    A copy whose node falls just then is told as failed or not at all, and the server calls the whole a success. The
    copy that takes over would show nothing of what came last until it refreshes by itself.
    """
    return not shards["failed"] and shards["successful"] >= indexes


def _told(asked: Search) -> dict[str, Any]:
    told: dict[str, Any] = asked.execute().to_dict()
    return told
