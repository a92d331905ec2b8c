"""Words that a set of titles seems to have."""

from __future__ import annotations

from search.dictionary.cohesion import candidates

TITLES = [
    "快堵灵的用法",
    "用快堵灵处理法兰渗漏",
    "冬季快堵灵保存要点",
    "快堵靈配比",
    "泵的检修",
    "法兰渗漏的检修",
    "轴承检修要点",
]


def test_what_stands_together_in_many_titles_with_changing_neighbours_is_proposed() -> None:
    found = candidates(TITLES, lambda word: word == "检修")
    assert [one.text for one in found] == ["快堵灵"]
    assert found[0].count == 4
    assert found[0].cohesion >= 2


def test_known_words_and_rare_ones_are_not_proposed() -> None:
    assert candidates(TITLES, lambda _word: True) == []
    assert candidates(TITLES, lambda _word: False, least=8) == []
    assert candidates([], lambda _word: False) == []


def test_a_run_that_always_has_the_same_neighbour_is_part_of_something_longer() -> None:
    titles = ["甲快堵灵乙", "丙快堵灵丁", "戊快堵灵己"]
    assert [one.text for one in candidates(titles, lambda _word: False)] == ["快堵灵"]
