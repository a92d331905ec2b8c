"""Quotes and minuses in what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.query import analysed_query
from search.analysis.syntax import MOST_EXCLUDED, MOST_PHRASES, Typed, typed, unquoted


@pytest.mark.parametrize(
    ("text", "rest", "phrases", "excluded"),
    [
        ("堵漏 木塞", "堵漏 木塞", (), ()),
        ("“堵漏 木塞”", "", ("堵漏 木塞",), ()),
        ('"a b" c', "c", ("a b",), ()),
        ("＂堵漏＂", "", ("堵漏",), ()),
        ("「堵漏」『木塞』", "", ("堵漏", "木塞"), ()),
        ("｢堵漏｣", "", ("堵漏",), ()),
        ("堵漏 -木塞", "堵漏", (), ("木塞",)),
        ("堵漏 －木塞", "堵漏", (), ("木塞",)),
        ("堵漏\u3000−木塞", "堵漏", (), ("木塞",)),
        ("堵漏 -“打 入”", "堵漏", (), ("打 入",)),
        ("-木塞 堵漏", "堵漏", (), ("木塞",)),
        ("YJV-22 a-b", "YJV-22 a-b", (), ()),
        ("-10℃ 启动", "-10℃ 启动", (), ()),
        ("- 堵漏 --x", "- 堵漏 --x", (), ()),
        ("“没有关上", "没有关上", (), ()),
        ("““”” 堵漏", "堵漏", (), ()),
        ("没有开”", "没有开", (), ()),
        ("“ ” 堵漏", "堵漏", (), ()),
    ],
)
def test_what_was_typed_is_read(text: str, rest: str, phrases: tuple[str, ...], excluded: tuple[str, ...]) -> None:
    found = typed(text)
    assert (" ".join(found.rest.split()), found.phrases, found.excluded) == (rest, phrases, excluded)


def test_only_so_many_are_heeded() -> None:
    assert len(typed("“堵”" * 500).phrases) == MOST_PHRASES
    assert len(typed(" -堵" * 500).excluded) == MOST_EXCLUDED


@given(st.text(st.sampled_from('“”"「」『』-－− a堵漏1\n'), max_size=60))
def test_anything_is_read(text: str) -> None:
    found = typed(text)
    assert isinstance(found, Typed)
    assert all(part == part.strip() != "" for part in (*found.phrases, *found.excluded))


def test_a_phrase_is_literal_and_brings_nothing_near() -> None:
    query = analysed_query("“高压锅炉蒸汽管道阀门密封面”")
    assert query.exact
    assert query.required == ("高压锅炉蒸汽管道阀门密封面",)
    assert not query.widened


def test_a_question_with_a_phrase_requires_the_phrase_alone() -> None:
    query = analysed_query("“木塞” 打入之前要在机油里浸泡多久才行")
    assert not query.exact
    assert query.required == ("木塞",)
    assert "木塞" in query.grams


@pytest.mark.parametrize("text", ["-堵漏", "“”", "-“”", "“，。”"])
def test_where_nothing_is_asked_for_the_query_is_empty(text: str) -> None:
    assert analysed_query(text).empty


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("「陽數」為什麼叫「天數」?", "陽數 為什麼叫 天數 ?"),
        ("“木塞” 堵漏 -“带 压” -法", "木塞 堵漏 -“带 压” -法"),
        ('"safety valve" 校验', "safety valve 校验"),
        ("堵漏 -木塞", ""),
        ("“堵漏", ""),
        ("“ ”", ""),
        ("", ""),
    ],
)
def test_a_question_may_be_asked_without_its_quotes(text: str, bare: str) -> None:
    assert unquoted(text) == bare


@given(st.text(st.sampled_from('“”"「」『』-－− a堵漏1\n'), max_size=60))
def test_without_quotes_nothing_is_a_phrase_and_the_same_is_left_out(text: str) -> None:
    bare = unquoted(text)
    if bare:
        assert typed(bare).excluded == typed(text).excluded
