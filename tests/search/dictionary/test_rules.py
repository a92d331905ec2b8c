"""What a row of the dictionary may say."""

from __future__ import annotations

import pytest

from search.analysis.dictionary import Abbreviation, Synonyms
from search.dictionary.rules import Entry, Fault, changed_words, contents, cut_words, faults, parted, plain, word_faults


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("快堵灵", []),
        ("YJV-22", []),
        ("", ["empty"]),
        ("　", ["empty"]),
        ("阀", ["too_short"]),
        ("——", ["no_word"]),
        ("长" * 31, ["too_long"]),
    ],
)
def test_a_word_is_two_characters_or_more_with_something_to_read(word: str, codes: list[str]) -> None:
    assert word_faults(word) == codes


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (Entry("word", "快堵灵"), []),
        (Entry("word", "快堵灵", "堵漏胶"), [Fault("meaning", "not_for_words")]),
        (Entry("synonyms", "天车", "行车、桥式起重机"), []),
        (Entry("synonyms", "天车"), [Fault("meaning", "missing")]),
        (Entry("synonyms", "臺車", "台车"), [Fault("meaning", "same")]),
        (Entry("synonyms", "天车", "行"), [Fault("meaning", "too_short")]),
        (Entry("synonyms", "天车", "、".join(f"天车{n}" for n in range(12))), [Fault("meaning", "too_many")]),
        (Entry("abbreviation", "压机", "压缩机"), []),
        (Entry("abbreviation", "压机", "压缩机，压力机"), [Fault("meaning", "one_full_form")]),
        (Entry("abbreviation", "", ""), [Fault("text", "empty"), Fault("meaning", "missing")]),
    ],
)
def test_a_row_says_what_its_kind_asks_for(entry: Entry, found: list[Fault]) -> None:
    assert faults(entry) == found


def test_words_are_parted_at_any_sign_and_compared_in_one_spelling() -> None:
    assert parted(" 行车，天车;桥式起重机\n吊车 / ") == ["行车", "天车", "桥式起重机", "吊车"]
    assert plain(" ＣＯ２  焊 ") == "co2 焊"
    assert Entry("synonyms", "行車", "行车、天车").words == ("行车", "天车")


def test_only_what_is_approved_is_cut_by() -> None:
    entry = Entry("synonyms", "天车", "行车")
    proposed = Entry("synonyms", "天车", "行车", approved=False)
    assert cut_words(entry) == {"天车", "行车"}
    assert cut_words(proposed) == cut_words(None) == set()
    assert changed_words(None, entry) == changed_words(proposed, entry) == ["天车", "行车"]
    assert changed_words(entry, Entry("synonyms", "天车", "吊车")) == ["吊车", "行车"]


def test_a_dictionary_is_built_of_approved_rows_that_are_right() -> None:
    found = contents(
        [
            Entry("word", "快堵灵"),
            Entry("word", "错", "x"),
            Entry("word", "未定的词", approved=False),
            Entry("synonyms", "天车", "行车", "起重工"),
            Entry("abbreviation", "压机", "压缩机"),
        ]
    )
    assert found.terms == ("快堵灵",)
    assert found.synonyms == (Synonyms(("天车", "行车"), "起重工"),)
    assert found.abbreviations == (Abbreviation("压机", "压缩机"),)
