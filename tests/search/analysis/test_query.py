"""What is asked for: literal chunks, ranked terms, other regions' words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normal import norm
from search.analysis.query import LONGEST_QUERY, MOST_TERMS, analysed_query
from search.analysis.regional import GROUPS, regional_words


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("操作法", ("操作法",)),
        ("操作法？", ("操作法",)),
        ("（木塞） 堵漏", ("木塞", "堵漏")),
        ("堵漏 堵漏", ("堵漏",)),
        ("YJV-22電纜", ("yjv22电缆",)),
        ("YJV 22", ("yjv22",)),
        ("0.6 兆帕", ("0.6mpa",)),
        ("“操作 法”", ("操作 法",)),
        ("木塞 “safety valve” -堵漏", ("木塞", "safety valve")),
        ("锅", ("锅",)),
        ("什么是堵漏？", ("堵漏",)),
        ("怎么堵漏", ("堵漏",)),
        ("😀 →", ("😀", "→")),
        ("C++", ("c++",)),
        ("什么", ("什么",)),
    ],
)
def test_a_short_query_is_literal(text: str, chunks: tuple[str, ...]) -> None:
    query = analysed_query(text)
    assert query.chunks == chunks
    assert query.exact
    assert not query.empty


@pytest.mark.parametrize(
    "text",
    [
        "木塞打入之前要在机油里浸泡多久？", "如何使用木塞堵漏法", "一 二 三 四 五", "高压锅炉蒸汽管道阀门", "a b c d e",
    ],
)  # fmt: skip
def test_a_question_is_ranked(text: str) -> None:
    query = analysed_query(text)
    assert not query.exact
    assert query.grams


@pytest.mark.parametrize("text", ["", "  ", "。？！", "\x00\n", "----", "\u200b"])
def test_nothing_asked_is_empty(text: str) -> None:
    query = analysed_query(text)
    assert query.empty
    assert not query.exact


def test_question_words_go_and_part_what_stood_around_them() -> None:
    query = analysed_query("氧化铝什么时候取样化验")
    assert query.chunks == ("氧化铝", "取样化验")
    assert "铝取" not in query.grams
    assert "什么" not in query.grams


def test_terms_are_unique_and_bounded() -> None:
    query = analysed_query("".join(chr(0x4E00 + number) for number in range(5_000)))
    assert len(query.text) == LONGEST_QUERY
    assert len(query.grams) == len(set(query.grams)) == MOST_TERMS


def test_a_code_is_asked_whole_and_in_parts() -> None:
    assert analysed_query("YJV-22").grams == ("yjv22", "yjv", "22")


def test_either_script_asks_for_the_same() -> None:
    one, other = analysed_query("壓力容器的安全閥多久校驗一次"), analysed_query("压力容器的安全阀多久校验一次")
    assert (one.chunks, one.grams, one.words) == (other.chunks, other.grams, other.words)


@pytest.mark.parametrize(
    ("text", "word"),
    [("專案", "项目"), ("专案", "项目"), ("臺帳", "台账"), ("智財權", "知识产权"), ("軟體", "软件"), ("網路", "网络"), ("品质", "质量")],
)  # fmt: skip
def test_other_regions_words_come_along(text: str, word: str) -> None:
    query = analysed_query(text)
    assert word in query.extras
    assert word not in query.words
    assert set(query.extra_grams) | set(query.extra_words)


def test_what_is_the_same_everywhere_brings_no_other_words() -> None:
    assert regional_words("木塞堵漏") == ()


def test_words_that_mean_the_same_are_normalised() -> None:
    for group in GROUPS:
        assert all(norm(word) == word for word in group)


@given(st.text(st.one_of(st.characters(), st.sampled_from("操作法吗如何專案 yjv-22+")), max_size=300))
def test_anything_can_be_asked(text: str) -> None:
    query = analysed_query(text)
    assert query.empty == (not query.chunks)
    assert not (query.exact and query.empty)
    assert len(query.grams) <= MOST_TERMS
    assert not set(query.grams) & set(query.extra_grams)
