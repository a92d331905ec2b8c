"""Every test of the contract runs on both engines; Elasticsearch is a real server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from search.engines.contract import Engine
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine

ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with nothing in it, shared by a module."""
    made: Engine
    if request.param == "embedded":
        made = EmbeddedEngine(tmp_path_factory.mktemp("search") / "search.sqlite3")
        yield made
        return
    url = request.getfixturevalue("elasticsearch_url")
    with override_settings(SEARCH_URL=url, SEARCH_INDEX_PREFIX=f"contract-{uuid.uuid4().hex[:8]}"):
        made = ElasticEngine()
    yield made
    for name in made.index_names():
        made.index_delete(name)


@pytest.fixture
def index(engine: Engine) -> Iterator[str]:
    """A live, empty index."""
    name = fresh_name(engine)
    engine.index_create(name)
    engine.alias_point(name)
    yield name
    engine.index_delete(name)


def fresh_name(engine: Engine) -> str:
    """A name that no other test uses; those of Elasticsearch begin with the engine's prefix."""
    return f"{getattr(engine, '_prefix', 'contract')}-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    """An embedded engine with a file of its own."""
    return EmbeddedEngine(tmp_path / "search.sqlite3")
