"""Stems of English words."""

from __future__ import annotations

import pytest

from search.analysis.highlight import spans
from search.analysis.query import analysed_query
from search.analysis.stems import stems, words_with_stems
from search.analysis.text import analysed


@pytest.mark.parametrize(("one", "other"), [("valve", "valves"), ("weld", "welding"), ("inspection", "inspected")])
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    wanted = analysed_query(one).stems
    assert wanted == analysed_query(other).stems
    assert set(wanted) & {*analysed(other).words, *analysed(other).stems}


def test_codes_short_words_and_chinese_have_none() -> None:
    assert stems(["yjv-22", "as", "木塞", "café", "valve"]) == ("valv",)
    assert stems(["weld"]) == ()


def test_a_word_is_marked_in_its_other_form() -> None:
    text = "Check the valves，阀门"
    assert [text[start:end] for start, end in spans(text, analysed_query("valve inspection method"))] == ["valves"]
    assert words_with_stems("valves", ()) == []
