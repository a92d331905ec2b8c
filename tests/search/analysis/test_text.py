"""How texts are cut for storing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.runs import LONGEST_TOKEN, RUN, bigrams, characters, is_han, latin_tokens, runs, stored_grams
from search.analysis.text import analysed, gram_text, words

HAN = st.text(st.sampled_from("木塞堵漏操作法高压锅炉安全阀〇々𠮷"), min_size=1, max_size=8)
TEXT = st.text(st.one_of(st.characters(), st.sampled_from("操作法，高压锅 yjv-22+0.6mpa#/_")), max_size=40)


def _runs(text: str) -> list[str]:
    return [match.group() for match in runs(norm(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("木塞，堵漏", ["木塞", "堵漏"]),
        ("YJV-22电缆10kV", ["yjv-22", "电缆", "10kv"]),
        ("C++和C#", ["c++", "和", "c#"]),
        ("GB/T 1799.1-2013。", ["gb/t", "1799.1-2013"]),
        ("压力0.6MPa.", ["压力", "0.6mpa"]),
        ("snake_case --flag", ["snake_case", "flag"]),
        ("二〇二四年々", ["二〇二四年々"]),
        ("Ωμ café", ["ωμ", "café"]),
        ("—…！", []),
    ],
)
def test_runs_are_han_or_latin_with_their_joints(text: str, expected: list[str]) -> None:
    assert _runs(text) == expected


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("yjv-22", ["yjv-22", "yjv", "22"]),
        ("10kv", ["10kv", "10", "kv"]),
        ("0.6mpa", ["0.6mpa", "0.6", "mpa"]),
        ("yjv", ["yjv"]),
        ("22", ["22"]),
        ("c++", ["c++", "c"]),
        ("a-a", ["a-a", "a"]),
    ],
)
def test_a_latin_run_is_found_whole_and_in_parts(run: str, expected: list[str]) -> None:
    assert list(latin_tokens(run)) == expected


def test_no_token_is_longer_than_an_index_can_hold() -> None:
    assert {len(token) for token in latin_tokens("a" * 5_000 + "-1")} == {LONGEST_TOKEN, 1}


def test_the_last_character_of_a_run_parts_it_from_the_next() -> None:
    assert stored_grams(["操作", "作法"]) == ["操作", "作", "作法", "法"]
    assert stored_grams(["锅"]) == ["锅"]
    assert bigrams("高压锅") == ["高压", "压锅"]


@given(HAN, st.lists(HAN, max_size=4), st.sampled_from("，。 \n-a"))
def test_a_phrase_of_pairs_is_plain_in(asked: str, texts: list[str], gap: str) -> None:
    text = norm(gap.join(texts))
    word = norm(asked)
    tokens = stored_grams(RUN.findall(text))
    if len(word) == 1:
        assert any(token.startswith(word) for token in tokens) == (word in text)
    else:
        pairs = bigrams(word)
        found = any(tokens[at : at + len(pairs)] == pairs for at in range(len(tokens)))
        assert found == (word in text)


@given(TEXT)
def test_a_phrase_of_characters_is_plain_in(text: str) -> None:
    plain = norm(text)
    tokens = characters(plain).split(" ")
    assert "".join(tokens).replace("\u2423", " ").replace("\u2424", "\n") == plain


@given(TEXT)
def test_every_token_is_one_word_for_a_whitespace_tokenizer(text: str) -> None:
    cut = analysed(text)
    for token in (*cut.grams, *cut.words):
        assert token
        assert token.split() == [token]
        assert '"' not in token


def test_words_are_cut_by_the_dictionary_and_long_ones_join_the_stream() -> None:
    cut = analysed("斗轮堆取料机的操作法，YJV-22")
    assert "斗轮堆取料机" in cut.words
    assert cut.stream.split(" ")[: len(cut.grams)] == list(cut.grams)
    assert cut.stream.endswith("斗轮堆取料机 操作法")


def test_a_new_dictionary_changes_the_cut_at_once_and_no_index_is_stale_by_it() -> None:
    before = dictionary.current()
    assert "快堵灵" not in words("用快堵灵处理")
    old = dictionary.analysis_version()
    try:
        dictionary.use(dictionary.built(before.version + 1, ("快堵靈",)))
        assert "快堵灵" in words("用快堵灵处理")
        assert dictionary.analysis_version() == old
        assert before.search_words("用快堵灵处理").count("快堵灵") == 0
    finally:
        dictionary.use(before)


def test_the_first_dictionary_is_built_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary._Holder, "current", None)
    assert dictionary.current() is dictionary.current()
    assert dictionary.current().version == 0


def test_han_is_told_from_latin() -> None:
    assert is_han("木塞")
    assert is_han("𠮷")
    assert not is_han("yjv")
    assert not is_han("")


def test_a_line_s_end_parts_what_is_cut_and_nothing_else(monkeypatch):
    upper, lower = "压力 0.6 兆帕，Valves 三只", "閥門關緊 YJV-22"
    both, parts = analysed(f"{upper}\n{lower}"), [analysed(upper), analysed(lower)]
    assert both.grams == parts[0].grams + parts[1].grams
    assert both.words == parts[0].words + parts[1].words
    assert both.stems == parts[0].stems
    assert both.normal == f"{parts[0].normal}\n{parts[1].normal}"
    assert both.plain == "压力 0.6 兆帕,valves 三只\n阀门关紧 yjv-22"


def test_words_as_they_were_written_are_those_before_one_spelling():
    measured = analysed("压力 0.6 兆帕")
    assert "0.6mpa" in measured.words
    assert measured.plain_words == tuple(words("压力 0.6 兆帕"))
    assert "0.6mpa" not in measured.plain_words
    assert analysed("关紧阀门").plain_words == analysed("关紧阀门").words


def test_lines_are_cut_again_when_the_dictionary_changes_and_few_are_kept(monkeypatch):
    former = dictionary.current()
    try:
        dictionary.use(dictionary.built(0))
        before = analysed("用喉箍箍堵法止漏").words
        dictionary.use(dictionary.built(1, ["箍堵法"]))
        assert "箍堵法" in analysed("用喉箍箍堵法止漏").words
        assert "箍堵法" not in before
    finally:
        dictionary.use(former)
    monkeypatch.setattr("search.analysis.text.MOST_KEPT", 3)
    asked = ("一二三四", "五六", "一二三四", "五六七八", "九十")
    assert [analysed(line).normal for line in asked] == list(asked)
    assert analysed("九十") is analysed("九十")


def test_grams_alone_are_those_of_the_whole_cut():
    text = "压力 0.6 兆帕\n\n，。\n关紧 YJV-22"
    assert gram_text(text) == analysed(text).gram_text == " ".join(analysed(text).grams)
