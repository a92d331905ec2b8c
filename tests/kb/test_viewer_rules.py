"""The viewer in plain values."""

from __future__ import annotations

import pytest

from kb.files.viewing.rules import block_of, boxes, place_asked
from search.analysis.query import analysed_query

LINE = [["先用木塞堵漏", 0.1, 0.2, 0.7, 0.25]]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (("slide:17", "", ""), ("slide", "17")),
        (("row:2.45", "", ""), ("row", "2.45")),
        (("", "17", ""), ("", "17")),
        (("", "", "83.5"), ("cue", "83500")),
        (("slide:", "", ""), ("", "")),
        (("row:.5", "", ""), ("", "")),
        (("cue:83.5", "", ""), ("", "")),
        (("", "", ".5"), ("", "")),
        (("slide:１７", "", ""), ("", "")),
        (("step:a", "x", "-1"), ("", "")),
        (("slide:" + "9" * 80, "", ""), ("slide", "9" * 34)),
    ],
)
def test_a_place_is_a_locator_or_a_number_or_a_second(asked, place):
    assert place_asked(*asked) == place


def test_pages_of_the_viewer_are_the_same_whoever_comes_to_them():
    assert block_of(16, 8, 20) == (16, 20)
    assert block_of(7, 8, 20) == (0, 8)


def test_a_word_is_boxed_where_it_stands_in_its_line():
    (box,) = boxes(LINE, analysed_query("木塞"))
    assert (box.x, box.width) == (300, 200)
    assert box.y < 200 < 250 < box.y + box.height


def test_air_that_a_converter_put_between_characters_hides_no_word():
    layout = [["第 2 讲 看 气色", 0.0, 0.1, 1.0, 0.2]]
    assert len(boxes(layout, analysed_query("第2讲"))) == 1
    assert len(boxes(layout, analysed_query("看气色"))) == 1


def test_a_word_that_a_line_cuts_has_a_box_on_each_line():
    layout = [["这里先堵", 0.1, 0.1, 0.9, 0.15], ["漏后换塔", 0.1, 0.17, 0.9, 0.22]]
    found = boxes(layout, analysed_query("堵漏"))
    assert [box.y < 160 for box in found] == [True, False]


def test_lines_far_from_each_other_make_no_word():
    layout = [["这里先堵", 0.1, 0.1, 0.4, 0.15], ["漏后换塔", 0.6, 0.17, 0.9, 0.22]]
    assert boxes(layout, analysed_query("堵漏")) == []


def test_latin_words_stand_alone():
    layout = [["use wooden plugs, plug 2", 0.0, 0.0, 1.0, 0.1]]
    (box,) = boxes(layout, analysed_query("wooden"))
    assert 100 < box.x < 300
    assert len(boxes(layout, analysed_query("plug"))) >= 1


def test_nothing_asked_marks_nothing():
    assert boxes(LINE, analysed_query("")) == []


def test_a_quantity_over_two_lines_has_a_box_on_each():
    found = boxes([["0.6", 0.1, 0.1, 0.2, 0.12], ["MPa", 0.1, 0.5, 0.2, 0.52]], analysed_query("0.6MPa"))
    assert [box.y for box in found] == sorted({box.y for box in found})
    assert len(found) == 2
