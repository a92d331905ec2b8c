"""A short query is exact: its hits, count and facets are those that plain `in` over the raw texts gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from search.engines.contract import Engine
from search.registry import Piece
from tests.search.engines.conftest import fresh_name
from tests.search.engines.pieces import change, containing, find, generated, keys, piece, put

WORDS = ["操作法", "安全阀", "锅", "堵漏", "带压堵漏", "高压锅炉"]
PIECES = generated(3_000)


@pytest.fixture(scope="module")
def thousands(engine: Engine) -> Iterator[list[Piece]]:
    """An index of generated pieces, live for this module."""
    index = fresh_name(engine)
    engine.index_create(index)
    for start in range(0, len(PIECES), 500):
        engine.apply(index, [change(one) for one in PIECES[start : start + 500]])
    engine.refresh(index)
    engine.alias_point(index)
    yield PIECES
    engine.index_delete(index)


def _facets(pieces: list[Piece]) -> dict[str, dict[int | str, int]]:
    return {
        "kind": dict(Counter(one.kind for one in pieces)),
        "studio": dict(Counter(one.studio for one in pieces if one.studio is not None)),
        "trade": dict(Counter(trade for one in pieces for trade in one.trades)),
        "equipment": {},
        "year": {},
        "file_type": {},
    }


def _all_keys(engine: Engine, word: str, total: int) -> list[str]:
    found: list[str] = []
    for offset in range(0, total, 400):
        found += keys(find(engine, word, offset=offset, limit=400))
    return found


@pytest.mark.parametrize("word", WORDS)
def test_a_short_word_finds_exactly_the_texts_that_contain_it(
    engine: Engine, thousands: list[Piece], word: str
) -> None:
    truth = containing(thousands, word)
    found = find(engine, word)
    assert found.total == len(truth) > 50
    assert found.facets == _facets(truth)
    assert sorted(_all_keys(engine, word, found.total)) == sorted(one.key for one in truth)


@pytest.mark.parametrize("word", ["YJV", "yjv-22", "kV", "JV-2", "0.6", "++", "22电", "漏10kV", "N5"])
def test_a_code_is_found_wherever_its_characters_stand(engine: Engine, thousands: list[Piece], word: str) -> None:
    truth = [one for one in thousands if word.lower() in one.title.lower() or word.lower() in one.text.lower()]
    found = find(engine, word, limit=1)
    assert (found.total, found.facets) == (len(truth), _facets(truth))
    counted = find(engine, word, limit=0)
    assert (counted.total, counted.facets, counted.hits) == (found.total, found.facets, ())


def test_two_short_words_must_both_stand_there(engine: Engine, thousands: list[Piece]) -> None:
    truth = {one.key for one in containing(thousands, "木塞")} & {one.key for one in containing(thousands, "叉车")}
    found = find(engine, "木塞 叉车", limit=3_000)
    assert (found.total, set(keys(found))) == (len(truth), truth)


def test_pages_of_a_list_fit_together_and_repeat(engine: Engine, thousands: list[Piece]) -> None:
    whole = keys(find(engine, "堵漏", limit=250))
    paged = [key for offset in range(0, 250, 10) for key in keys(find(engine, "堵漏", offset=offset, limit=10))]
    assert paged == whole
    assert len(set(whole)) == 250
    assert keys(find(engine, "堵漏", limit=250)) == whole


def test_a_page_past_the_end_is_empty_with_the_same_total(engine: Engine, thousands: list[Piece]) -> None:
    total = find(engine, "堵漏").total
    for offset in (total, total + 7, 9_995, 10_000, 2_000_000):
        found = find(engine, "堵漏", offset=offset)
        assert (found.hits, found.total) == ((), total)


def test_a_filter_narrows_hits_and_total_and_a_facet_leaves_its_own_out(engine: Engine, thousands: list[Piece]) -> None:
    truth = containing(thousands, "堵漏")
    chosen = [one for one in truth if one.kind == "case" and one.studio == 2 and 3 in one.trades]
    found = find(engine, "堵漏", kind="case", studio=2, trade=3, limit=500)
    assert (found.total, set(keys(found))) == (len(chosen), {one.key for one in chosen})
    assert found.facets["kind"] == _facets([one for one in truth if one.studio == 2 and 3 in one.trades])["kind"]
    assert found.facets["studio"] == _facets([one for one in truth if one.kind == "case" and 3 in one.trades])["studio"]
    assert found.facets["trade"] == _facets([one for one in truth if one.kind == "case" and one.studio == 2])["trade"]


def test_a_question_counts_and_filters_alike_on_every_page(engine: Engine, thousands: list[Piece]) -> None:
    question = "高压锅炉的蒸汽管道阀门密封面泄漏时应当怎样处理？"
    found = find(engine, question, kind="qa")
    assert found.total == found.facets["kind"]["qa"] == find(engine, question).facets["kind"]["qa"]
    assert {hit.kind for hit in found.hits} == {"qa"}


@pytest.mark.parametrize("audiences", [frozenset[int](), frozenset({1}), frozenset({2, 3}), frozenset({1, 2, 3, 99})])
def test_nothing_of_what_others_may_see_is_found_counted_or_excerpted(
    engine: Engine, thousands: list[Piece], audiences: frozenset[int]
) -> None:
    for text in ("堵漏", "锅", "YJV", "高压锅炉的蒸汽管道阀门密封面泄漏时应当怎样处理？"):
        open_to_all = find(engine, text)
        found = find(engine, text, audiences=audiences, limit=100)
        mine = [one for one in thousands if one.audience in audiences]
        assert {hit.key for hit in found.hits} <= {one.key for one in mine}
        assert found.total <= open_to_all.total
        if len(text) < 5:
            truth = [one for one in mine if text.lower() in one.title.lower() or text.lower() in one.text.lower()]
            assert found.total == len(truth)
            assert found.facets == (_facets(truth) if audiences else {})
        hidden = [(hit.kind, hit.key) for hit in open_to_all.hits if hit.key not in {one.key for one in mine}]
        assert not any(engine.passages(text, hidden, audiences=audiences).values())


def test_a_hidden_piece_shows_not_even_beyond_the_exact_hits(engine: Engine) -> None:
    index = fresh_name(engine)
    engine.index_create(index)
    engine.alias_point(index)
    put(engine, index, piece("open", "木塞堵漏", "木塞"), piece("secret", "木塞与铅塞", "木塞", audience=9))
    found = find(engine, "木塞堵漏", audiences=frozenset({1}))
    assert ([hit.key for hit in found.hits], found.beyond) == (["open"], 0)
    assert find(engine, "木塞堵漏").beyond == 1
    engine.index_delete(index)
