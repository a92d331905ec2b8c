"""Marks and excerpts, always of the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.highlight import excerpt, mark_terms, spans
from search.analysis.query import analysed_query

TEXT = st.text(st.one_of(st.characters(), st.sampled_from("木塞堵漏。，專案ＹＪＶ-22 \n㎏")), max_size=200)


def _marked(text: str, asked: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, analysed_query(asked))]


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("斗輪堆取料機的操作", "斗轮", ["斗輪"]),
        ("檢查安全閥。安全閥良好", "安全阀", ["安全閥", "安全閥"]),
        ("电缆ＹＪＶ－２２一盘", "yjv-22", ["ＹＪＶ－２２"]),
        ("重㎏", "kg", ["㎏"]),
        ("高压锅", "锅", ["锅"]),
        ("操作，作法", "操作法", ["操作", "作法"]),
        ("木塞与堵漏", "木塞 堵漏", ["木塞", "堵漏"]),
        ("项目管理", "專案", ["项目"]),
        ("10kV与kVA和kV", "kV", ["kV", "kV"]),
        ("只有kVA", "kV", ["kV"]),
        ("DN500和DN50", "DN50", ["DN50"]),
        ("毫不相干", "堵漏", []),
        ("", "堵漏", []),
        ("木塞在机油里浸泡", "木塞要在机油里泡多久？", ["木塞", "机油"]),
    ],
)
def test_the_words_asked_for_are_marked_in_the_original(text: str, asked: str, marked: list[str]) -> None:
    found = _marked(text, asked)
    assert found == marked


def test_marks_name_the_chunks_first() -> None:
    assert mark_terms(analysed_query("专案 堵漏"))[:2] == ("专案", "堵漏")


def test_an_excerpt_begins_with_the_sentence_of_the_hit() -> None:
    text = "第一句没有。" * 30 + "木塞浸油后打入漏点。" + "后面没有。" * 40
    found = excerpt(text, analysed_query("浸油"), 60)
    assert found.text.startswith("木塞浸油后打入漏点。")
    assert [found.text[slice(*span)] for span in found.spans] == ["浸油"]
    assert (found.cut_before, found.cut_after) == (True, True)
    assert len(found.text) == 60


def test_an_excerpt_of_a_text_without_sentences_shows_the_hit() -> None:
    found = excerpt("无" * 500 + "木塞" + "无" * 500, analysed_query("木塞"), 50)
    assert "木塞" in found.text
    found = excerpt("无" * 20 + "木塞" + "无" * 500, analysed_query("木塞"), 50)
    assert found.text.startswith("无" * 20 + "木塞")
    assert not found.cut_before


def test_an_excerpt_prefers_the_place_with_most_of_the_words() -> None:
    text = "木塞一。" + "空" * 200 + "。木塞浸油堵漏齐全。" + "空" * 200
    assert "浸油堵漏" in excerpt(text, analysed_query("木塞 浸油 堵漏"), 60).text


def test_an_excerpt_without_a_hit_is_the_beginning() -> None:
    found = excerpt("开头" * 100, analysed_query("木塞"), 20)
    assert (found.text, found.spans, found.cut_before, found.cut_after) == ("开头" * 10, (), False, True)


def test_a_short_text_is_shown_whole() -> None:
    found = excerpt("先关阀门。 木塞打入。", analysed_query("木塞"))
    assert (found.text, found.cut_before, found.cut_after) == ("先关阀门。 木塞打入。", False, False)


def test_an_excerpt_does_not_begin_with_a_gap() -> None:
    text = "空" * 100 + "。\n  木塞打入。" + "空" * 100
    assert excerpt(text, analysed_query("木塞"), 50).text.startswith("木塞")


@given(
    TEXT,
    st.sampled_from(["木塞", "堵漏", "專案", "yjv-22", "kg", "塞", "木塞在哪里堵漏才好呢", "22"]),
    st.integers(1, 80),
)
def test_spans_lie_inside_in_order_and_apart(text: str, asked: str, characters: int) -> None:
    query = analysed_query(asked)
    found = excerpt(text, query, characters)
    assert found.text in text
    assert len(found.text) <= characters
    for shown, marks in ((text, spans(text, query)), (found.text, found.spans)):
        assert all(0 <= start < end <= len(shown) for start, end in marks)
        assert all(left[1] < right[0] for left, right in zip(marks, marks[1:], strict=False))
