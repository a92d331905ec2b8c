"""Synonyms and abbreviations of a dictionary."""

from __future__ import annotations

import pytest

from search.analysis.dictionary import Abbreviation, Dictionary, Meant, Synonyms, built, stands_in


@pytest.fixture(scope="module")
def words() -> Dictionary:
    return built(
        3,
        ("快堵靈", "快堵灵", ""),
        (
            Synonyms(("天车", "行車", "桥式起重机"), "起重工"),
            Synonyms(("行车", "驾驶")),
            Synonyms(("ＣＯ２焊", "气保焊")),
        ),
        (Abbreviation("压机", "压缩机", "钳工"), Abbreviation("MAG", "熔化极活性气体保护焊"), Abbreviation("泵", "泵")),
    )


def test_synonyms_go_in_every_direction_in_any_spelling(words: Dictionary) -> None:
    assert words.synonyms_of("天车") == ("行车", "桥式起重机")
    assert words.synonyms_of("行车") == ("天车", "桥式起重机", "驾驶")
    assert words.synonyms_of("气保焊") == ("co2焊",)


def test_an_abbreviation_finds_its_full_form_and_not_the_other_way_round(words: Dictionary) -> None:
    assert words.synonyms_of("压机") == ("压缩机",)
    assert words.synonyms_of("压缩机") == ()
    assert words.synonyms_of("泵") == ()


def test_terms_are_normalised_and_stand_once(words: Dictionary) -> None:
    assert words.terms == ("快堵灵",)
    assert words.version == 3
    assert "快堵灵" in words.search_words("用快堵灵处理")


def test_a_query_says_which_of_its_words_mean_others_in_their_order(words: Dictionary) -> None:
    assert words.meant("压机和天车") == (
        Meant("压机", ("压缩机",), "钳工"),
        Meant("天车", ("行车", "桥式起重机"), "起重工"),
    )
    assert words.meant("co2焊怎么调") == (Meant("co2焊", ("气保焊",)),)
    assert words.meant("mag 参数") == (Meant("mag", ("熔化极活性气体保护焊",)),)
    assert [meant.label for meant in words.meant("行车")] == ["起重工", ""]


def test_a_word_that_the_cutter_does_not_take_for_one_has_no_synonyms(words: Dictionary) -> None:
    assert words.meant("昨天车间停电") == ()
    assert words.meant("magnet") == ()
    assert words.meant("xco2焊") == ()


def test_a_word_stands_in_a_text_where_no_latin_word_goes_on() -> None:
    assert stands_in("co2焊", "用co2焊的缝")
    assert stands_in("co2焊", "xco2焊，co2焊")
    assert not stands_in("焊co2", "焊co20")


def test_without_editors_words_nothing_means_anything_else() -> None:
    plain = built(0)
    assert plain.meant("天车") == ()
    assert plain.synonyms_of("天车") == ()
