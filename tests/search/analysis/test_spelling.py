"""One spelling for quantities and codes, with the way back, and nothing lost of what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normal import norm, normalised
from search.analysis.numerals import number
from search.analysis.spelling import degrees_meant, one_spelling, one_spelling_mapped, spelt_again, stored_text
from search.analysis.units import DENOMINATORS, NOT_BEFORE, UNITS

SAME = [
    ["0.6MPa", "0.6 MPa", "０.６ＭＰａ", "0.6兆帕", "0.6 兆帕", "0.6mpa", "0.6兆帕斯卡"],
    ["5mm", "5 毫米", "5㎜", "五毫米", "5公厘", "5 MM"],
    ["80℃", "80 °C", "80摄氏度", "80 攝氏度", "八十摄氏度", "摄氏80度", "攝氏 80 度", "摄氏80°"],
    ["60~80℃", "60-80 ℃", "摄氏60~80度", "摄氏60至80度", "60至80摄氏度"],
    ["380V", "380伏", "380 伏特", "三百八十伏"],
    ["±0.02mm", "正负0.02毫米", "+/-0.02 mm", "± 0.02mm"],
    ["0.4~0.6MPa", "0.4-0.6 MPa", "0.4至0.6兆帕", "0.4～0.6MPa", "0.4 — 0.6兆帕"],
    ["4mm~6mm", "4毫米至6毫米", "4mm-6mm"],
    ["3520", "3,520", "三千五百二十", "３，５２０"],
    ["YJV-22", "YJV22", "yjv 22", "ＹＪＶ－２２"],
    ["M12×1.5", "M12x1.5", "M12*1.5", "m12 × 1.5"],
    ["10kV", "10 kV", "10千伏", "十千伏"],
    ["1450r/min", "1450 rpm", "1450转/分", "1450转每分钟"],
    ["6km/h", "6公里每小时", "6 千米/小时"],
    ["20mg/m³", "20毫克每立方米", "20 mg/m3"],
    ["5%", "5 ％", "百分之五", "百分之5"],
    ["10N·m", "10牛·米", "10 N.m"],
    ["3平方米", "3㎡", "3 m²"],
    ["两万三千五百", "23500", "23,500"],
    ["3.5mm", "三点五毫米"],
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_thing_become_one(spellings: list[str]) -> None:
    assert len({one_spelling(norm(text)) for text in spellings}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2升降机", "5米饭", "3瓦斯", "dn50安全阀", "2克服", "一个工作", "一五一十", "二十四节气", "十万火急", "千克", "兆帕",
        "三万", "零", "gb/t 1799.1-2013", "yjv 10kv", "二〇二四年", "1,2,3", "千方百计", "点三", "百分之百分",
    ],
)  # fmt: skip
def test_what_is_no_quantity_stays(text: str) -> None:
    assert one_spelling(text) in {text, text.replace("/t 1", "/t1")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三千五百二十", "3520"), ("一千零五", "1005"), ("十二", "12"), ("二十", "20"), ("两百", "200"), ("两", "2"), ("〇", "0"),
        ("一百一十一", "111"), ("三万零五十", "30050"), ("十万", "100000"), ("三点一四", "3.14"), ("一五", None), ("千万", None),
        ("", None), ("百", None), ("三点", None), ("三点百", None), ("一万一五", None), ("零零", None), ("点五", None),
    ],
)  # fmt: skip
def test_numbers_in_characters_are_read_strictly(text: str, expected: str | None) -> None:
    assert number(text) == expected


def test_a_stored_text_keeps_the_clause_as_it_was_written() -> None:
    assert stored_text("先泄压，压力为0.6兆帕时停泵。再看") == "先泄压，压力为0.6mpa时停泵。再看\n压力为0.6兆帕时停泵"
    assert stored_text("压力0.6 mpa，型号yjv-22") == "压力0.6mpa，型号yjv22"
    assert stored_text("木塞") == "木塞"


def test_marks_lead_back_to_what_was_written() -> None:
    text = "压力０.６ 兆帕，电缆ＹＪＶ－２２，孔径两毫米，误差正负 0.02"
    spelt = one_spelling_mapped(normalised(text))
    for word, written in [
        ("0.6mpa", "０.６ 兆帕"),
        ("yjv22", "ＹＪＶ－２２"),
        ("2mm", "两毫米"),
        ("±0.02", "正负 0.02"),
    ]:
        at = spelt.text.index(word)
        assert text[slice(*spelt.span(at, at + len(word)))] == written
    at = spelt.text.index("mpa")
    assert text[slice(*spelt.span(at, at + 3))] == "兆帕"
    assert spelt_again(text) is spelt_again(text)
    assert one_spelling_mapped(normalised("木塞")).starts is None


PIECES = st.sampled_from(
    ["0.6", "5", "12", " ", "  ", "兆帕", "MPa", "毫米", "mm", "℃", "三千五百", "两", "YJV-22", "-", "~", "至", "每", "/", "小时",
     "×", "，", "。", "\n", "压力", "木塞", "±", "正负", "3,520", "百分之", "rpm", "e\u0301", "㎜", "𠮷"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_mapped_text_is_the_plain_one_and_every_span_lies_in_the_original(text: str) -> None:
    spelt = one_spelling_mapped(normalised(text))
    assert spelt.text == one_spelling(norm(text))
    spans = [spelt.span(at, at + 1) for at in range(len(spelt.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _end in spans] == sorted(start for start, _end in spans)


@given(st.lists(PIECES, max_size=10).map("".join), st.data())
def test_whole_words_that_stand_in_a_text_are_found_in_what_is_stored(text: str, data: st.DataObject) -> None:
    words = [word for word in ("兆帕", "毫米", "小时", "压力", "木塞", "三千五百") if word in text]
    for word in words:
        assert word in stored_text(norm(text)) or one_spelling(word) in stored_text(norm(text))


@given(st.text(max_size=60))
def test_any_text_has_one_spelling(text: str) -> None:
    assert one_spelling_mapped(normalised(text)).text == one_spelling(norm(text))


def test_the_table_of_units_is_in_normal_spelling_and_says_each_word_once() -> None:
    words = [word for units in UNITS.values() for word in units]
    assert len(words) == len(set(words))
    assert all(norm(word) == word for word in [*UNITS, *words, *DENOMINATORS, *NOT_BEFORE])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("60℃", ["60°"]), ("介质60.5℃停泵", ["60.5°"]), ("60~80℃", ["60~80°"]), ("60℃ 60摄氏度 摄氏20度", ["60°", "20°"]),
        ("60度", []), ("60°", []), ("℃", []), ("60°cd", []),
    ],
)  # fmt: skip
def test_a_temperature_may_be_written_with_the_degree_alone(text: str, meant: list[str]) -> None:
    assert list(degrees_meant(one_spelling(norm(text)))) == meant


@pytest.mark.parametrize("text", ["摄氏温度", "摄氏", "60度", "华氏60度", "用电60度电", "转60度角"])
def test_a_degree_that_is_not_said_to_be_one_of_temperature_is_none(text: str) -> None:
    assert "°c" not in one_spelling(text)


def test_what_only_looks_like_a_number_stays_where_the_rest_is_mapped() -> None:
    assert one_spelling_mapped(normalised("一五一十，5 毫米")).text == "一五一十,5mm"
