"""Fixtures of the search tests: the engine of the settings, empty, gone afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines import get_engine
from search.engines.contract import Engine


@pytest.fixture
def engine(settings: Any, tmp_path: Path) -> Iterator[Engine]:
    """The engine in use (`TEST_SEARCH`) with nothing in it; product code asks the very same one."""
    settings.SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.SEARCH_INDEX_PREFIX = f"{settings.SEARCH_INDEX_PREFIX}-{uuid.uuid4().hex[:8]}"
    found = get_engine()
    yield found
    for name in found.index_names():
        found.index_delete(name)
