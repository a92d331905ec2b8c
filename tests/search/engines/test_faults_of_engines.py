"""An engine that is away says so soon; a send that was overtaken or cut short leaves nothing behind."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from elasticsearch import Elasticsearch

from scripts.places import free_port
from search.engines.contract import Engine, EngineUnavailable, IndexMissing, Outcome
from search.engines.elastic import ElasticEngine
from search.engines.elastic_write import Writer
from search.engines.embedded import EmbeddedEngine
from tests.search.engines.pieces import change, find, gone, keys, piece, put

ASKS: list[Callable[[Engine], object]] = [
    lambda engine: find(engine, "堵漏"),
    lambda engine: engine.passages("堵漏", [("method", "plug")]),
    lambda engine: engine.index_exists("x"),
    lambda engine: engine.apply("x", [change(piece("plug", "木塞"))]),
    lambda engine: list(engine.stored("x")),
    lambda engine: engine.status(),
]


@pytest.mark.parametrize("ask", ASKS)
def test_an_elasticsearch_that_is_away_says_so_soon(ask: Callable[[Engine], object]) -> None:
    with override_settings(SEARCH_URL=f"http://127.0.0.1:{free_port()}"):
        engine = ElasticEngine()
    begun = time.monotonic()
    with pytest.raises(EngineUnavailable):
        ask(engine)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("ask", ASKS)
def test_a_file_that_cannot_be_opened_says_so(ask: Callable[[Engine], object], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(EngineUnavailable):
        ask(EmbeddedEngine(tmp_path / "file" / "search.sqlite3"))


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "search.sqlite3").write_bytes(b"this is no database" * 1_000)
    with pytest.raises(EngineUnavailable):
        find(EmbeddedEngine(tmp_path / "search.sqlite3"), "堵漏")


def test_a_file_that_was_taken_away_is_begun_anew(embedded: EmbeddedEngine, tmp_path: Path) -> None:
    embedded.index_create("one")
    for file in tmp_path.iterdir():
        file.unlink()
    assert embedded.index_names() == []
    with pytest.raises(IndexMissing):
        find(embedded, "堵漏")


def test_an_index_whose_tables_are_gone_is_missing(embedded: EmbeddedEngine, tmp_path: Path) -> None:
    embedded.index_create("one")
    embedded.alias_point("one")
    with sqlite3.connect(tmp_path / "search.sqlite3") as connection:
        connection.execute('DROP TABLE "one.totals"')
    with pytest.raises(IndexMissing):
        find(embedded, "堵漏")


def test_a_name_that_could_break_a_statement_is_refused(embedded: EmbeddedEngine) -> None:
    with pytest.raises(ValueError, match="not a name"):
        embedded.index_create('x"; DROP TABLE indexes; --')


def test_readers_and_writers_in_many_threads_do_not_hinder_each_other(embedded: EmbeddedEngine) -> None:
    embedded.index_create("one")
    embedded.alias_point("one")
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            for version in range(1, 16):
                put(embedded, "one", piece(f"{number}-{version % 5}", "木塞堵漏", "木塞"), version=version)
                find(embedded, "堵漏")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must show it
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert find(embedded, "堵漏").total == 30


@pytest.fixture
def elastic(engine: Engine) -> Iterator[ElasticEngine]:
    """Only Elasticsearch sends pieces and passages in requests of their own."""
    if not isinstance(engine, ElasticEngine):
        pytest.fail("parametrise with elasticsearch alone")
    yield engine


@pytest.mark.parametrize("engine", [pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)], indirect=True)
class TestElasticsearchInterrupted:
    """What happens between two requests of one send."""

    def test_a_send_that_is_overtaken_takes_its_passages_back(
        self, elastic: ElasticEngine, index: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        held = Writer._held
        newer = piece("plug", "铅塞", "铅塞敲入。")

        def overtaken(writer: Writer, changes: Any) -> Any:
            found = held(writer, changes)
            monkeypatch.setattr(Writer, "_held", held)
            elastic.apply(index, [change(newer, 5)])
            return found

        monkeypatch.setattr(Writer, "_held", overtaken)
        (outcome,) = elastic.apply(index, [change(piece("plug", "木塞", "一", "二", "木塞三"), 4)])
        elastic.refresh(index)
        (stored,) = elastic.stored(index)
        assert outcome == Outcome("method", "plug", "stale")
        assert (stored.version, stored.passages) == (5, 1)

    @pytest.mark.parametrize("removed", [False, True])
    def test_a_send_cut_short_after_the_passages_is_completed_by_the_next(
        self, elastic: ElasticEngine, index: str, monkeypatch: pytest.MonkeyPatch, removed: bool
    ) -> None:
        put(elastic, index, piece("plug", "木塞", "旧一", "旧二"))
        send = Writer._send

        def cut(writer: Writer, actions: Any, harmless: Any) -> Any:
            heads = [head for some in actions.values() for action, _source in some for head in action.values()]
            if any(head["_index"] == index for head in heads):
                raise EngineUnavailable("killed here")
            return send(writer, actions, harmless)

        monkeypatch.setattr(Writer, "_send", cut)
        with pytest.raises(EngineUnavailable):
            elastic.apply(index, [change(piece("plug", "木塞", "新一", "新二", "新三", "新四"), 2)])
        monkeypatch.setattr(Writer, "_send", send)
        elastic.refresh(index)
        assert keys(find(elastic, "木塞")) == ["plug"]
        assert elastic.passages("新一", [("method", "plug")])[("method", "plug")] == []
        last = piece("plug", "木塞", "末一")
        elastic.apply(index, [gone(last, 3) if removed else change(last, 3)])
        elastic.refresh(index)
        assert [(stored.version, stored.passages) for stored in elastic.stored(index)] == ([] if removed else [(3, 1)])

    def test_what_cannot_be_looked_for_is_not_taken_for_missing(
        self, elastic: ElasticEngine, index: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        error = {"type": "no_shard_available_action_exception", "reason": "gone"}
        told = {"docs": [{"_index": index, "_id": "method:plug", "error": error}]}
        monkeypatch.setattr(Elasticsearch, "mget", lambda *_args, **_named: told)
        with pytest.raises(EngineUnavailable, match="no_shard_available"):
            elastic.apply(index, [change(piece("plug", "木塞", "一"), 1)])

    def test_more_passages_than_one_answer_holds_are_removed(
        self, elastic: ElasticEngine, index: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.engines.elastic._SCAN", 2)
        long = piece("plug", "木塞", "一", "二", "三", "四", "五")
        put(elastic, index, long)
        # The piece names none of them any more: only the passages themselves say whose they are.
        elastic._client.delete(index=index, id="method:plug", refresh=True)
        elastic.apply(index, [gone(long, 2)])
        assert list(elastic.stored(index)) == []

    def test_passages_that_nobody_owns_are_told_and_can_be_removed(self, elastic: ElasticEngine, index: str) -> None:
        put(elastic, index, piece("plug", "木塞", "一", "二"))
        elastic._client.delete(index=index, id="method:plug", refresh=True)
        (stored,) = elastic.stored(index)
        assert (stored.key, stored.version, stored.content_hash, stored.passages) == ("plug", 0, "", 2)
        elastic.apply(index, [gone(piece("plug", ""), 2)])
        assert list(elastic.stored(index)) == []


def test_a_key_or_a_password_goes_with_every_request() -> None:
    with override_settings(SEARCH_URL="https://127.0.0.1:9200, https://127.0.0.1:9201", SEARCH_API_KEY="a2V5OmtleQ=="):
        keyed = ElasticEngine()._client
    assert keyed._headers["authorization"] == "ApiKey a2V5OmtleQ=="
    assert len(list(keyed.transport.node_pool.all())) == 2
    with override_settings(SEARCH_URL="https://somebody:secret@127.0.0.1:9200"):
        named = ElasticEngine()._client
    assert "authorization" in {**named._headers, **next(iter(named.transport.node_pool.all())).config.headers}
