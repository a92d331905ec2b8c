"""What is found however it is spelt, what is not, and in which order: alike on both engines."""

from __future__ import annotations

import time

import pytest

from search.engines.contract import Engine
from tests.search.engines.pieces import find, keys, piece, put


def test_a_phrase_never_reaches_over_punctuation_a_line_or_a_field(engine: Engine, index: str) -> None:
    put(
        engine, index,
        piece("comma", "甲", "操作，作法不同"), piece("space", "乙", "操作 作法"), piece("line", "丙操", "作法"),
        piece("passage", "丁", "先操作", "作法如下"), piece("latin", "戊", "操作A作法"), piece("whole", "己", "先进操作法"),
    )  # fmt: skip
    found = find(engine, "操作法")
    assert (keys(found), found.total) == (["whole"], 1)
    assert set(keys(found, exact=False)) <= {"comma", "space", "line", "passage", "latin"}


def test_what_lies_beyond_comes_after_the_exact_hits_and_is_not_counted(engine: Engine, index: str) -> None:
    put(
        engine,
        index,
        piece("exact", "木塞堵漏", "打入木塞"),
        piece("near", "木塞的保存", "木塞浸油"),
        piece("far", "叉车", "装卸"),
    )
    found = find(engine, "木塞堵漏")
    assert (found.total, found.beyond) == (1, 1)
    assert [(hit.key, hit.exact) for hit in found.hits] == [("exact", True), ("near", False)]
    assert found.facets["kind"] == {"method": 1}
    second = find(engine, "木塞堵漏", offset=1, limit=1)
    assert ([hit.key for hit in second.hits], second.total, second.beyond) == (["near"], 1, 1)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("安全閥", "检查安全阀"),
        ("安全阀", "檢查安全閥"),
        ("ＹＪＶ－２２", "敷设YJV-22电缆"),
        ("yjv-22", "敷设ＹＪＶ－２２电缆"),
        ("0.6MPa", "压力０．６ＭＰａ"),
        ("㎏", "重20KG"),
        ("師帶徒", "师带徒协议"),
        ("café", "CAFE\u0301"),
        ("😀", "笑脸😀在此"),
        ("℃", "温度80℃"),
        ("〇一", "二〇一八年"),
        ("𠮷", "𠮷野家"),
    ],
)
def test_spellings_of_the_same_are_the_same(engine: Engine, index: str, asked: str, stored: str) -> None:
    put(engine, index, piece("x", "标题", stored), piece("other", "别的", "毫不相干"))
    found = find(engine, asked)
    assert (keys(found), found.total) == (["x"], 1)


@pytest.mark.parametrize(
    ("asked", "stored"), [("專案", "项目管理办法"), ("臺帳", "设备台账"), ("智財權", "知识产权"), ("台账", "設備臺帳")]
)
def test_other_regions_words_are_found_beyond(engine: Engine, index: str, asked: str, stored: str) -> None:
    put(engine, index, piece("x", "标题", stored), piece("other", "别的", "毫不相干"))
    assert [hit.key for hit in find(engine, asked).hits] == ["x"]


@pytest.mark.parametrize("word", ["锅", "高", "压", "炉"])
def test_one_character_is_found_at_the_start_in_the_middle_and_at_the_end(
    engine: Engine, index: str, word: str
) -> None:
    put(engine, index, piece("end", "甲", "高压锅"), piece("middle", "乙", "高压锅炉房"), piece("none", "丙", "叉车"))
    truth = {"end": "高压锅", "middle": "高压锅炉房"}
    assert set(keys(find(engine, word))) == {key for key, text in truth.items() if word in text}


def test_the_page_with_the_word_in_its_title_comes_first(engine: Engine, index: str) -> None:
    put(
        engine, index,
        piece("body", "管道检修", "堵漏前先泄压。堵漏后试压。堵漏完毕。", "又堵漏。"), piece("title", "木塞堵漏法", "木塞浸油后打入。"),
        piece("once", "交接班", "昨天有一处堵漏，今天复查，其余正常，记录完整，签字齐全。"),
    )  # fmt: skip
    assert keys(find(engine, "堵漏"))[0] == "title"


def test_a_question_finds_the_page_that_answers_it_first(engine: Engine, index: str) -> None:
    put(
        engine, index,
        piece("right", "木塞堵漏法", "木塞打入前应当在机油里浸泡四小时以上，使它膨胀均匀。"),
        piece("near", "木塞的保存", "木塞存放于干燥处。"),
        piece("far", "叉车操作", "打开电源，检查机油。"), piece("off", "焊接", "清理坡口。"),
    )  # fmt: skip
    found = find(engine, "木塞打入之前需要在机油里浸泡多长时间？")
    assert keys(found)[0] == "right"
    assert "off" not in keys(found)
    assert all(hit.exact for hit in found.hits)
    assert keys(find(engine, "木塞打入之前需要在機油裡浸泡多長時間？")) == keys(found)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "\x00", "。", "？！", '"', "'; DROP TABLE pieces; --", "a OR b AND NOT c NEAR(d)", "title:*", "*", "^",
        "堵漏" * 5_000, "a" * 10_000, "0." * 5_000, "😀" * 3_000, "\ud800", "(((((", "[a-z]+(.*)+$", "{\"match_all\":{}}",
        "-堵漏", "堵漏\x00木塞",
        "\u200b" * 100, "e\u0301" * 5_000, "锅 " * 3_000, " ".join(chr(0x4E00 + number) for number in range(2_000)),
    ],
)  # fmt: skip
def test_hostile_queries_are_answered_quickly(engine: Engine, index: str, text: str) -> None:
    put(engine, index, piece("x", "木塞堵漏法", "木塞浸油。", "a" * 300))
    find(engine, "热身")
    begun = time.perf_counter()
    found = find(engine, text)
    engine.passages(text, [("method", "x")])
    assert time.perf_counter() - begun < 1
    assert found.total in {0, 1}


def test_a_question_about_something_else_finds_nothing(engine: Engine, index: str) -> None:
    put(engine, index, piece("x", "木塞堵漏法", "木塞浸油。"))
    found = find(engine, "graphics card driver installation on linux kernels")
    assert (found.total, found.hits, found.beyond) == (0, (), 0)
