"""Filters, their counts, and the order by date: what plain Python over the pieces gives, on both engines."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.engines.contract import FACETS, Engine
from search.engines.elastic import ElasticEngine
from search.engines.elastic_dsl import SETTINGS, PieceDocument, mapping_of
from search.engines.embedded import EmbeddedEngine
from search.registry import Piece
from tests.search.engines.conftest import fresh_name
from tests.search.engines.pieces import change, containing, find, generated, keys, piece, put

_EQUIPMENT = ("叉车", "空压机", "万用表", 'a "b", c')
_TYPES = ("", "pdf", "ppt", "video")


def _made() -> list[Piece]:
    chance = random.Random(3)
    return [
        replace(
            one,
            equipment=tuple(chance.sample(_EQUIPMENT, chance.randrange(3))),
            file_type=chance.choice(_TYPES),
            date=None if chance.random() < 0.1 else dt.date(2018, 1, 1) + dt.timedelta(days=chance.randrange(2_500)),
        )
        for one in generated(800, seed=11)
    ]


PIECES = _made()


@pytest.fixture(scope="module")
def hundreds(engine: Engine) -> Iterator[list[Piece]]:
    """An index of generated pieces with equipment, dates and types, live for this module."""
    index = fresh_name(engine)
    engine.index_create(index)
    engine.apply(index, [change(one) for one in PIECES])
    engine.refresh(index)
    engine.alias_point(index)
    yield PIECES
    engine.index_delete(index)


def _values(one: Piece) -> dict[str, set[Any]]:
    return {
        "kind": {one.kind},
        "studio": {one.studio} - {None},
        "trade": set(one.trades),
        "equipment": set(one.equipment),
        "year": {one.date.year} if one.date else set(),
        "file_type": {one.file_type} - {""},
    }


def _passes(one: Piece, chosen: dict[str, Any]) -> bool:
    return all(value in _values(one)[facet] for facet, value in chosen.items())


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"equipment": "空压机"},
        {"equipment": 'a "b", c', "year": 2021},
        {"file_type": "ppt", "kind": "case"},
        {"year": 2020, "studio": 2, "trade": 3},
        {"year": 1999},
        {"equipment": "没有", "file_type": "pdf"},
    ],
)
def test_each_facet_counts_what_another_choice_would_find(
    engine: Engine, hundreds: list[Piece], chosen: dict[str, Any]
) -> None:
    truth = containing(hundreds, "堵漏")
    found = find(engine, "堵漏", limit=800, **chosen)
    assert sorted(keys(found)) == sorted(one.key for one in truth if _passes(one, chosen))
    assert found.total == len(keys(found))
    for facet in FACETS:
        others = {name: value for name, value in chosen.items() if name != facet}
        counted = Counter(value for one in truth if _passes(one, others) for value in _values(one)[facet])
        assert found.facets[facet] == dict(counted), facet


@pytest.mark.parametrize("text", ["堵漏", "高压锅炉的蒸汽管道阀门密封面泄漏时应当怎样处理？"])
def test_by_date_the_latest_come_first_over_all_pages_and_those_without_a_date_last(
    engine: Engine, hundreds: list[Piece], text: str
) -> None:
    total = find(engine, text).total
    paged = [
        hit for offset in range(0, total, 50) for hit in find(engine, text, sort="date", offset=offset, limit=50).hits
    ]
    exact = [hit for hit in paged if hit.exact]
    assert sorted(hit.key for hit in exact) == sorted(keys(find(engine, text, limit=800)))
    order = [(-(hit.date.toordinal() if hit.date else 0), f"{hit.kind}:{hit.key}") for hit in exact]
    assert order == sorted(order)


def test_by_date_what_lies_beyond_still_comes_after(engine: Engine, index: str) -> None:
    new, old = dt.date(2026, 1, 1), dt.date(2020, 1, 1)
    put(engine, index, piece("exact", "木塞堵漏", date=old), piece("near", "木塞浸油", date=new))
    found = find(engine, "木塞堵漏", sort="date")
    assert [(hit.key, hit.exact) for hit in found.hits] == [("exact", True), ("near", False)]


def test_a_filter_holds_for_what_lies_beyond(engine: Engine, index: str) -> None:
    put(engine, index, piece("exact", "木塞堵漏", file_type="pdf"), piece("near", "木塞浸油", file_type="doc"))
    assert [hit.key for hit in find(engine, "木塞堵漏", file_type="pdf").hits] == ["exact"]
    assert [hit.key for hit in find(engine, "木塞堵漏", file_type="doc").hits] == ["near"]


def test_a_changed_piece_moves_from_one_choice_to_another(engine: Engine, index: str) -> None:
    put(engine, index, piece("x", "木塞", equipment=("叉车",), date=dt.date(2020, 5, 1)))
    put(engine, index, piece("x", "木塞", equipment=("吊车",), date=dt.date(2021, 5, 1)), version=2)
    found = find(engine, "木塞")
    assert (found.facets["equipment"], found.facets["year"]) == ({"吊车": 1}, {2021: 1})
    assert find(engine, "木塞", year=2020).total == 0


def test_a_file_of_the_first_layout_is_read_filtered_and_written(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    _first_layout(path)
    engine = EmbeddedEngine(path)
    found = find(engine, "木塞")
    assert found.total == 2
    assert found.facets["studio"] == {4: 1} and found.facets["trade"] == {7: 1, 8: 1}
    assert found.facets["year"] == {2020: 1}
    assert [hit.key for hit in find(engine, "木塞", sort="date").hits] == ["a", "b"]
    put(engine, "old-1", piece("c", "木塞", equipment=("叉车",)))
    assert find(engine, "木塞", equipment="叉车").total == 1


def test_an_index_of_the_first_mapping_is_read_filtered_and_written(engine: Engine) -> None:
    if not isinstance(engine, ElasticEngine):
        return
    index, later = fresh_name(engine), ["equipment", "year", "file_type", "date"]
    fields = {"settings": SETTINGS, "mappings": mapping_of(PieceDocument, ["*_grams", "*_words", "*_chars"])}
    for name in later:
        del fields["mappings"]["properties"][name]
    engine.index_create(index)
    engine._client.indices.delete(index=index)
    engine._client.indices.create(index=index, **fields)
    engine.alias_point(index)
    assert find(engine, "木塞", sort="date", year=2020).total == 0
    engine.index_create(index)
    put(engine, index, piece("x", "木塞", equipment=("叉车",), date=dt.date(2020, 5, 1)))
    assert find(engine, "木塞", sort="date", equipment="叉车").facets["year"] == {2020: 1}
    engine.index_delete(index)


def _first_layout(path: Path) -> None:
    """What the first release wrote, for two pieces."""
    engine = EmbeddedEngine(path)
    engine.index_create("old-1")
    engine.alias_point("old-1")
    made = [
        piece("a", "木塞", studio=4, trades=(7, 8), date=dt.date(2020, 2, 3)),
        piece("b", "木塞"),
    ]
    put(engine, "old-1", *made)
    with sqlite3.connect(path) as base:
        base.execute('ALTER TABLE "old-1.pieces" ADD COLUMN studio INTEGER')
        base.execute("ALTER TABLE \"old-1.pieces\" ADD COLUMN trades TEXT NOT NULL DEFAULT ''")
        base.execute("UPDATE \"old-1.pieces\" SET studio = 4, trades = '7,8' WHERE key = 'a'")
        base.execute('DROP TABLE "old-1.classes"')
        base.execute('ALTER TABLE "old-1.pieces" DROP COLUMN class')
        base.execute('ALTER TABLE "old-1.pieces" DROP COLUMN date')
        base.execute("PRAGMA user_version = 0")
    base.close()
