"""What differs between two texts, told place by place."""

from hypothesis import given
from hypothesis import strategies as st

from kb.publishing.differences import Part, Place, places_compare, told_shortly, words_compare

NAMES = {"new": "新写", "none": "没有改动", "added": "新增", "removed": "删去", "changed": "改", "moved": "移动",
         "separator": "，", "more": "等"}  # fmt: skip


def test_a_changed_figure_is_told_as_a_whole():
    parts = words_compare("压力上限 0.3 MPa", "压力上限 0.25 MPa")
    assert parts == (
        Part("same", "压力上限 "),
        Part("removed", "0.3"),
        Part("added", "0.25"),
        Part("same", " MPa"),
    )


@given(st.text(), st.text())
def test_the_runs_give_back_both_texts(before, after):
    parts = words_compare(before, after)
    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after


def test_steps_are_matched_by_their_id_whatever_their_order():
    before = [Place("step:a", "第1步", "甲"), Place("step:b", "第2步", "乙"), Place("step:c", "第3步", "丙")]
    after = [Place("step:c", "第1步", "丙"), Place("step:a", "第2步", "甲"), Place("step:b", "第3步", "乙丁")]
    found = places_compare(before, after)
    assert [(item.kind, item.label) for item in found] == [("moved", "第1步"), ("changed", "第3步")]


def test_added_removed_and_repictured_places_are_told():
    before = [Place("a", "甲", "甲"), Place("b", "乙", "乙", (1,))]
    after = [Place("b", "乙", "乙", (2,)), Place("c", "丙", "丙")]
    found = places_compare(before, after)
    assert [(item.kind, item.label, item.pictures_changed) for item in found] == [
        ("changed", "乙", True),
        ("added", "丙", False),
        ("removed", "甲", False),
    ]


def test_the_same_text_has_no_differences():
    places = [Place("a", "甲", "甲")]
    assert places_compare(places, places) == []


def test_a_list_is_told_in_one_line():
    before = [Place(str(n), f"第{n}步", "甲") for n in range(5)]
    after = [Place(str(n), f"第{n}步", "乙") for n in range(5)]
    assert told_shortly(places_compare(before, after), is_new=False, names=NAMES) == "改第0步，改第1步，改第2步等"
    assert told_shortly([], is_new=True, names=NAMES) == "新写"
    assert told_shortly([], is_new=False, names=NAMES) == "没有改动"
