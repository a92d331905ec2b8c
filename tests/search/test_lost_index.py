"""A part of an index is on no node any more: what is built is built anew, what is read stays, nothing waits for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.test import override_settings

from search.engines import elastic, elastic_write
from search.engines.contract import Change, EngineUnavailable
from search.engines.elastic import ElasticEngine
from search.engines.elastic_write import Writer, passages_index
from search.models import IndexState, SearchIndex, SearchSent
from search.sync.drain import drain_all, drain_once
from search.sync.indexes import lost_replace, rebuild_finish
from tests.factories.kb import make_method

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]
# No node has this name, so the parts of such an index are nowhere.
NOWHERE = {"index.routing.allocation.require._name": "nobody", "index.number_of_replicas": 0}


@pytest.fixture
def engine(elasticsearch_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ElasticEngine]:
    monkeypatch.setattr(elastic, "COPIED_WITHIN", "500ms")
    monkeypatch.setattr(elastic_write, "TAKEN_OVER_WITHIN", "500ms")
    with override_settings(SEARCH_URL=elasticsearch_url, SEARCH_INDEX_PREFIX=f"lost-{uuid.uuid4().hex[:8]}"):
        made = ElasticEngine()
        yield made
        for name in made.index_names():
            made.index_delete(name)


@pytest.fixture
def lost(engine: ElasticEngine) -> SearchIndex:
    """An index that is being built, of which nothing is left, beside one that is read."""
    drain_all(engine)
    name = f"{engine._prefix}-lost"
    for one in (passages_index(name), name):
        engine._client.indices.create(index=one, settings=NOWHERE, wait_for_active_shards="0")
    return SearchIndex.objects.create(name=name, engine=engine.name, analysis_version=engine.analysis_version)


def test_another_one_is_built_and_what_was_published_is_found(engine: ElasticEngine, lost: SearchIndex) -> None:
    method = make_method(title="木塞堵漏法", published=True)
    assert drain_once(engine=engine).more
    assert not SearchIndex.objects.filter(pk=lost.pk).exists() and not engine.index_exists(lost.name)
    drain_all(engine)
    assert {item.key for item in engine.stored(engine.alias_index() or "")} >= {str(method.page_key)}
    assert not SearchSent.objects.filter(attempts__gt=0).exists()
    assert SearchIndex.objects.get().state == IndexState.LIVE


def test_it_never_takes_over(engine: ElasticEngine, lost: SearchIndex) -> None:
    read = engine.alias_index()
    assert rebuild_finish(engine) is None
    assert engine.alias_index() == read
    assert SearchIndex.objects.get(state=IndexState.BUILDING).name != lost.name


def test_a_whole_one_goes_on(engine: ElasticEngine, lost: SearchIndex) -> None:
    engine.index_delete(lost.name)
    engine.index_create(lost.name)
    assert not lost_replace(engine)
    assert SearchIndex.objects.filter(pk=lost.pk).exists()


def test_a_write_to_it_is_no_fault_of_what_was_written(
    engine: ElasticEngine, lost: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Change("method", "gone", 1, None, "")
    with pytest.raises(EngineUnavailable, match="no_shard_available"):
        engine.apply(lost.name, [change])
    # Lost between the question what is there and the write.
    monkeypatch.setattr(Writer, "_held", lambda *_: ({}, {}))
    with pytest.raises(EngineUnavailable, match="503"):
        engine.apply(lost.name, [change])


def test_an_index_that_is_not_there_is_not_lost(engine: ElasticEngine) -> None:
    assert not engine.index_lost(f"{engine._prefix}-none")
