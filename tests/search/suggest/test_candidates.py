"""Spellings that may be meant, from a vocabulary of a few words."""

from __future__ import annotations

import pytest

from search.suggest.candidates import candidates
from search.suggest.sounds import folded, initials_typed, is_spelt, sound_of, span_of, spelt, units
from search.suggest.vocabulary import WordsInMemory, is_kept, text_words

WORDS = (
    "堵漏",
    "操作法",
    "操作",
    "带压",
    "尾气",
    "净化",
    "安全阀",
    "轴承",
    "冷凝",
    "蒸发",
    "yjv-22",
    "siemens",
    "焊缝",
    "离心泵",
)


@pytest.fixture(scope="module")
def vocabulary():
    found = WordsInMemory([])
    found.add(WORDS)
    return found


def first(text: str, vocabulary) -> str | None:
    return next((one.text for one in candidates(text, vocabulary)), None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("堵楼", "堵漏"),
        ("带压堵楼法", "带压堵漏法"),
        ("堵樓", "堵漏"),
        ("操做法", "操作法"),
        ("安全伐", "安全阀"),
        ("周成", "轴承"),  # zh and z, eng and en
        ("冷林", "冷凝"),  # n and l, ing and in
        ("整发", "蒸发"),
        ("尾汽净化", "尾气净化"),
        ("dulou", "堵漏"),
        ("duolou", "堵漏"),
        ("caozuofa", "操作法"),
        ("caozhuofa", "操作法"),
        ("dulou caozuofa", "堵漏 操作法"),
        ("dulouczuofa", None),
        ("duloucaozuofa", "堵漏操作法"),
        ("anquanfa 堵楼", "安全阀 堵漏"),
        ("YJW-22", "yjv-22"),
        ("YJV-23", None),  # another size is another thing
        ("simens", "siemens"),
        ("堵漏", None),
        ("xyzw", None),
        ("", None),
        ("堵", None),
        ("😀", None),
    ],
)
def test_what_is_meant_comes_first(typed, meant, vocabulary):
    assert first(typed, vocabulary) == meant


def test_a_word_of_the_language_is_no_sure_mistake(vocabulary):
    assert [one.sure for one in candidates("堵楼", vocabulary)] == [True]
    vocabulary.add(["食品"])
    assert [(one.text, one.sure) for one in candidates("视频", vocabulary)] == [("食品", False)]


def test_a_word_that_is_found_is_not_doubted_for_a_rare_reading():
    words = WordsInMemory([])
    words.add(["一班", "听棒"])
    assert candidates("听棒", words, doubted=True) == []


def test_long_and_odd_queries_are_answered_at_once(vocabulary):
    for typed in ("a" * 200, "堵" * 200, "duloucaozuofa" * 15, "zhangchuangshuang" * 2, "操" * 16, "1" * 200):
        assert candidates(typed, vocabulary) is not None


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("重庆", "chongqing"),
        ("行长", "hangzhang"),
        ("调度", "diaodu"),
        ("重量", "zhongliang"),
        ("绿色", "lvse"),
        ("帶壓", "daiya"),
    ],
)
def test_readings_are_those_of_the_word(word, sound):
    assert sound_of(word) == sound


def test_what_speakers_do_not_tell_apart_is_folded():
    told = {
        "zhang": "zan",
        "chuang": "cuan",
        "sheng": "sen",
        "ning": "lin",
        "nv": "lu",
        "an": "an",
        "na": "la",
        "en": "en",
    }
    assert {one: folded(one) for one in told} == told


def test_letters_are_cut_into_syllables():
    assert spelt("xian") == (("xian",), ("xi", "an"))
    assert spelt("caozuofa")[0] == ("cao", "zuo", "fa")
    assert spelt("czf") == spelt("") == ()
    assert [letters for letters in ("xian", "caozuofa", "czf", "", "zhuangg") if is_spelt(letters)] == [
        "xian",
        "caozuofa",
    ]
    assert initials_typed("caozf")[0] == "czf"
    assert initials_typed("操zuof")[0] == "czf"


def test_places_of_what_was_typed_are_in_the_original():
    assert span_of("【ＰＬＣ】带压堵漏", "dylou") is None
    assert span_of("【ＰＬＣ】带压堵漏", "dulou") == (7, 9)
    assert span_of("【ＰＬＣ】带压堵漏", "plcdy") == (1, 7)
    assert [unit.sound for unit in units("单田芳", surname=True)] == ["shan", "tian", "fang"]


def test_words_that_are_kept():
    assert {"带压堵漏", "堵漏", "yjv-22", "yjv"} <= text_words("带压堵漏，用 YJV-22 电缆，共 220 米。")
    assert [word for word in ("220", "a1", "abc", "x" * 30, "堵", "n95", "plc") if is_kept(word)] == ["abc", "plc"]


def test_neighbours_that_the_cutter_knows_as_single_characters_alone_are_kept():
    assert "喉箍" in text_words("再用喉箍收紧两道。")
    assert not {"了两", "的一"} & text_words("收紧了两道的一半。")
