"""In a large index a question asks for its most telling terms only, on both engines."""

from __future__ import annotations

import pytest

from search.analysis.query import analysed_query
from search.engines import telling
from search.engines.contract import Engine
from tests.search.engines.pieces import find, keys, piece, put

QUESTION = "高压锅炉蒸汽管道阀门密封面泄漏怎么处理"


def test_a_small_index_is_asked_for_all_terms() -> None:
    weights = {f"词{number}": float(number) for number in range(30)}
    assert len(telling.most_telling(weights, telling.PRUNE_ABOVE)) == 30


def test_a_large_index_is_asked_for_the_rarest_terms_first() -> None:
    own = telling.own_weights(analysed_query(QUESTION))
    counts = dict.fromkeys(own, 4_000) | {"泄漏": 3}
    asked = telling.most_telling(telling.told_weights(own, counts, 9_000), 9_000)
    assert (asked[0], len(asked)) == ("泄漏", telling.PRUNED_TERMS)


def test_terms_that_the_index_does_not_know_are_not_asked_for() -> None:
    assert telling.told_weights({"甲": 1.0, "乙": 1.0}, {"甲": 2, "乙": 0}, 10).keys() == {"甲"}


def test_what_is_asked_for_with_few_terms_is_found(engine: Engine, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PRUNE_ABOVE", 0)
    monkeypatch.setattr(telling, "PRUNED_TERMS", 3)
    others = [piece(f"other{number}", "叉车", "高压锅炉蒸汽管道检查") for number in range(9)]
    put(engine, index, piece("wanted", "阀门", "密封面泄漏时先降压"), *others)
    found = find(engine, QUESTION)
    assert (keys(found), found.total) == (["wanted"], 1)


def test_what_is_remembered_of_terms_follows_what_is_written(engine: Engine, index: str) -> None:
    put(engine, index, piece("one", "阀门", "密封面泄漏时先降压"))
    assert keys(find(engine, QUESTION)) == ["one"]
    put(engine, index, *(piece(f"more{number}", "叉车", "蒸汽管道检查") for number in range(4)))
    assert set(keys(find(engine, QUESTION))) == {"one", "more0", "more1", "more2", "more3"}
