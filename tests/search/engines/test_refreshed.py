"""A refresh that did not reach every copy that is asked is none: searches of the others would miss what came last."""

from __future__ import annotations

import pytest

from search.engines.elastic_copies import refreshed_everywhere


@pytest.mark.parametrize(
    ("told", "whole"),
    [
        ({"total": 4, "successful": 4, "failed": 0}, True),
        ({"total": 4, "successful": 2, "failed": 0}, True),  # the other copies are on no node
        ({"total": 4, "successful": 3, "failed": 1}, False),
        ({"total": 2, "successful": 1, "failed": 0}, False),
        ({"total": 2, "successful": 0, "failed": 0}, False),
    ],
)
def test_a_refresh_that_missed_a_copy_is_none(told: dict[str, int], whole: bool) -> None:
    assert refreshed_everywhere(told, 2) is whole
