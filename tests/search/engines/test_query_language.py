"""Phrases and words to leave out, counted exactly; hostile queries. On both engines."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.contract import Engine
from search.registry import Piece
from tests.search.engines.conftest import fresh_name
from tests.search.engines.pieces import change, containing, find, generated, keys, piece, put

PIECES = generated(400, seed=5)
SECONDS = 0.2


@pytest.fixture(scope="module")
def filled(engine: Engine) -> Iterator[str]:
    """An index of generated pieces."""
    index = fresh_name(engine)
    engine.index_create(index)
    engine.apply(index, [change(one) for one in PIECES])
    engine.refresh(index)
    yield index
    engine.index_delete(index)


@pytest.fixture
def hundreds(engine: Engine, filled: str) -> list[Piece]:
    """Generated pieces that are searched."""
    engine.alias_point(filled)
    return PIECES


def _truth(pieces: list[Piece], wanted: list[str], unwanted: list[str]) -> set[str]:
    found = {one.key for one in pieces}
    for word in wanted:
        found &= {one.key for one in containing(pieces, word)}
    for word in unwanted:
        found -= {one.key for one in containing(pieces, word)}
    return found


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("“带压堵漏”", ["带压堵漏"], []),
        ("“高压锅炉蒸汽管道”", ["高压锅炉蒸汽管道"], []),
        ("堵漏 -木塞", ["堵漏"], ["木塞"]),
        ("堵漏 －木塞 -锅", ["堵漏"], ["木塞", "锅"]),
        ("堵漏 -10kV", ["堵漏", "10kV"], []),
        ("堵漏 -kV", ["堵漏"], ["kV"]),
        ("堵漏 -“堵漏的木塞”", ["堵漏"], ["堵漏的木塞"]),
        ("“安全阀” 锅 -叉车", ["安全阀", "锅"], ["叉车"]),
        ("堵漏 -漏10", ["堵漏"], ["漏10"]),
        ("堵漏 -没有这个词 -ZZZ", ["堵漏"], []),
        ("“堵漏，”", ["堵漏，"], []),
        ("「堵漏 」", ["堵漏"], []),
        ("“YJV-22” -“++”", ["YJV-22"], ["++"]),
    ],
)
def test_phrases_and_exclusions_are_counted_exactly(
    engine: Engine, hundreds: list[Piece], text: str, wanted: list[str], unwanted: list[str]
) -> None:
    truth = _truth(hundreds, wanted, unwanted)
    found = find(engine, text, limit=500)
    assert (found.total, set(keys(found))) == (len(truth), truth)
    assert sum(found.facets.get("kind", {}).values()) == len(truth)
    left = {hit.key for hit in found.hits if not hit.exact}
    assert not left & {one.key for word in unwanted for one in containing(hundreds, word)}


def test_a_question_keeps_its_phrase_and_leaves_out_what_it_says(engine: Engine, hundreds: list[Piece]) -> None:
    question = "“安全阀” 高压锅炉的蒸汽管道阀门密封面泄漏时应当怎样处理 -叉车"
    truth = _truth(hundreds, ["安全阀"], ["叉车"])
    found = find(engine, question, limit=500)
    assert (found.total, set(keys(found))) == (len(truth), truth)
    without = find(engine, "高压锅炉的蒸汽管道阀门密封面泄漏时应当怎样处理 -叉车", limit=500)
    assert not set(keys(without)) & {one.key for one in containing(hundreds, "叉车")}
    assert without.total == len(keys(without)) > 100


def test_a_phrase_keeps_its_order_and_its_gaps(engine: Engine, index: str) -> None:
    put(
        engine, index,
        piece("whole", "甲", "a safety valve here"), piece("turned", "乙", "valve safety"), piece("line", "丙", "safety\nvalve"),
        piece("two", "丁", "safety  valve"), piece("apart", "戊", "safety", "valve"), piece("comma", "己", "safety, valve"),
    )  # fmt: skip
    assert set(keys(find(engine, "“safety valve”"))) == {"whole", "two"}
    assert find(engine, "“safety valve”").beyond == 0


HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "「", "」", "-", "－", " -", "(", ")", "*", "NEAR(", " AND ", " OR ", " NOT ", "title:", "^2", "~", "\\",
             "\x00", "\ud800", "😀", "堵漏", "木塞", "a", "10kV", "%", "'", ";--", "{}", "[[", "]]", "\u202e", "\u200b", "e\u0301", "*:*",
             "/.*/", "||", "&&", "三千", "兆帕", " ", "\n", "۳", "²", "½"]
        ),
        max_size=60,
    ).map("".join),
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_any_query_is_answered(engine: Engine, hundreds: list[Piece], text: str) -> None:
    found = find(engine, text)
    assert 0 <= found.total <= len(hundreds)
    assert set(engine.passages(text, [("case", PIECES[0].key)])) == {("case", PIECES[0].key)}


@pytest.mark.parametrize(
    "text",
    [
        "“" * 10_000, '"' * 9_999, "-" * 10_000, " -堵" * 3_000, "“堵漏”" * 3_000, "“堵漏” -" * 2_000, "“" + "堵漏" * 5_000 + "”",
        "-" + "堵漏木塞" * 3_000, "1,000" * 2_000, "三" * 10_000, "九千九百" * 2_500, "0.6 " * 3_000, "a1-" * 3_000, "1×" * 5_000,
        "百分之" * 3_000, "正负" * 5_000, "5至" * 3_000, "\ufdfa" * 10_000, "1 x " * 3_000, "a 1 " * 3_000, " " * 10_000 + "堵漏",
    ],
)  # fmt: skip
def test_long_hostile_queries_are_answered_quickly(engine: Engine, hundreds: list[Piece], text: str) -> None:
    find(engine, "热身")
    times = []
    for _try in range(3):
        begun = time.perf_counter()
        find(engine, text)
        engine.passages(text, [("case", PIECES[0].key)])
        times.append(time.perf_counter() - begun)
    assert min(times) < SECONDS
