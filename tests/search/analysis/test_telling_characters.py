"""What single characters tell, and which spellings ask for something else."""

from __future__ import annotations

import pytest

from search.analysis import telling_characters as chars
from search.analysis.query import analysed_query, asks_more


def test_a_character_tells_the_more_the_rarer_it_is_in_the_language() -> None:
    told = [chars.telling(char) for char in "的水线釉"]
    assert told == sorted(told)
    assert told[0] < 0.1 < told[-1] == chars.HIGHEST


def test_a_query_knows_its_characters_once_and_without_those_that_ask() -> None:
    assert analysed_query("釉色发黄的釉叫什么 YJV-22").characters == tuple("釉色发黄的叫")
    assert analysed_query("10kV").characters == ()
    assert len(analysed_query("".join(map(chr, range(0x4E00, 0x4E60)))).characters) == chars.MOST_CHARACTERS


def test_common_characters_are_never_looked_for_in_pairs() -> None:
    assert chars.rare_characters(tuple("的是了在有")) == ()
    assert chars.rare_characters(tuple("的釉是碾槽")) == tuple("釉碾槽")
    assert len(chars.rare_characters(tuple("釉碾槽靛砚漆锣"))) == chars.RARE_MOST


def test_presence_weighs_less_than_a_term_of_that_rarity() -> None:
    assert 0 < chars.presence_weights(("釉",))["釉"] < chars.HIGHEST


@pytest.mark.parametrize(
    ("text", "other", "more"),
    [
        ("修改表格视图", "修改表何时图", True),
        ("堵楼", "堵漏", False),
        ("如何堵楼", "如何堵漏", False),
        ("duolou", "堵漏", False),
    ],
)
def test_a_spelling_that_asks_more_than_the_query_is_told_apart(text: str, other: str, more: bool) -> None:
    assert asks_more(text, other) is more
