"""What is the same thing is counted whatever its spelling; what is near stands below. On both engines."""

from __future__ import annotations

import pytest

from search.engines.contract import Engine
from tests.search.analysis.test_spelling import SAME
from tests.search.engines.pieces import find, keys, piece, put


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_every_spelling_finds_and_counts_every_spelling(engine: Engine, index: str, spellings: list[str]) -> None:
    stored = [piece(f"k{number}", "标题", f"先看好，这里是{text}。完") for number, text in enumerate(spellings)]
    put(engine, index, *stored, piece("other", "别的", "毫不相干 7.25 XYZ"))
    for text in spellings:
        found = find(engine, text, limit=50)
        assert (found.total, set(keys(found))) == (len(stored), {one.key for one in stored}), text


def test_the_unit_alone_and_the_words_around_it_are_found_as_written(engine: Engine, index: str) -> None:
    put(engine, index, piece("x", "标题", "压力为0.6兆帕时停泵"), piece("y", "标题", "压力为0.6 MPa时停泵"))
    assert keys(find(engine, "兆帕")) == ["x"]
    assert set(keys(find(engine, "0.6兆帕时停泵"))) == {"x", "y"}
    assert keys(find(engine, "帕时停")) == ["x"]


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("YJV", "敷设YJV-22电缆"), ("22电缆", "敷设YJV-22电缆"), ("42CrMo", "材料42CrMo钢"), ("crmo", "材料42CrMo钢"),
        ("M12", "螺栓M12×1.5"), ("Q235", "Q235B钢板"), ("10kV", "8.7/10 kV"), ("0.6", "压力0.6兆帕"), ("CPCD 30", "叉车CPCD30型"),
        ("JV-2", "YJV-22"), ("5%", "浓度95 %"),
    ],
)  # fmt: skip
def test_a_code_is_found_whole_and_in_parts(engine: Engine, index: str, asked: str, stored: str) -> None:
    put(engine, index, piece("x", "标题", stored), piece("other", "别的", "毫不相干"))
    assert keys(find(engine, asked)) == ["x"]


@pytest.mark.parametrize(
    ("asked", "stored"), [("valves", "close the valve"), ("welds", "welding of pipes"), ("inspecting", "an inspection")]
)
def test_other_forms_of_an_english_word_stand_below(engine: Engine, index: str, asked: str, stored: str) -> None:
    put(engine, index, piece("x", "标题", stored), piece("other", "别的", "毫不相干"))
    found = find(engine, asked)
    assert (found.total, keys(found, exact=False)) == (0, ["x"])


def test_degrees_without_a_scale_stand_below_a_temperature(engine: Engine, index: str) -> None:
    put(
        engine,
        index,
        piece("celsius", "标题", "介质温度不超过60℃"),
        piece("said", "标题", "介质温度不超过摄氏60度"),
        piece("bare", "标题", "介质温度不超过60 度时开阀"),
        piece("other", "标题", "介质温度不超过70度"),
    )
    for text in ("60℃", "60摄氏度", "摄氏60度"):
        found = find(engine, text)
        assert (found.total, set(keys(found, exact=True))) == (2, {"celsius", "said"}), text
        assert keys(found, exact=False)[:1] == ["bare"], text
    assert find(engine, "60度").total == 3
    assert "bare" not in keys(find(engine, "“60℃”"))
