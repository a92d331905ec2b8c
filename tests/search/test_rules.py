"""Plain rules of showing results and of sending."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.registry import Passage, Piece
from search.rules import DEEPEST, LONGEST_QUERY, Marked, fragment, page_number, query_text
from search.sync.rules import content_hash, pause_seconds, retry_wait


def test_a_marked_text_comes_in_parts():
    assert Marked("木塞堵漏法", ((2, 4),)).parts() == [("木塞", False), ("堵漏", True), ("法", False)]
    assert Marked("堵漏", ((0, 2),)).parts() == [("堵漏", True)]
    assert Marked("").parts() == []


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_parts_joined_are_the_text(text, cuts):
    ends = sorted({min(cut, len(text)) for cut in cuts})
    spans = tuple((ends[i], ends[i + 1]) for i in range(0, len(ends) - 1, 2))
    assert "".join(part for part, _marked in Marked(text, spans).parts()) == text


@pytest.mark.parametrize(
    ("asked", "clean"),
    [
        ("  堵漏 ", "堵漏"),
        ("堵\x00漏\n法", "堵 漏 法"),
        ("\u200b", ""),
        ("堵" * 500, "堵" * LONGEST_QUERY),
        ("a\u2028b", "a b"),
    ],
)
def test_a_query_is_cleaned(asked, clean):
    assert query_text(asked) == clean


@pytest.mark.parametrize(
    ("locator", "anchor"),
    [
        ("step:3f2a", "step-3f2a"),
        ("section:9b", "section-9b"),
        ("cue:12000", "t-12000"),
        ("question:7", "question-7"),
        ("", ""),
        ("step:", ""),
    ],
)
def test_a_locator_has_its_fragment(locator, anchor):
    assert fragment(locator) == anchor


@pytest.mark.parametrize(
    ("asked", "number"),
    [("3", 3), ("", 1), ("0", 1), ("-2", 1), ("x", 1), ("99999", DEEPEST // 10), ("1" * 30, 1), ("²", 1)],
)
def test_a_page_number_is_never_nonsense(asked, number):
    assert page_number(asked, 10) == number


def piece(**fields):
    return Piece(**{"kind": "method", "key": "k", "title": "t", "passages": (), "audience": 1, "url": "/", **fields})


def test_the_hash_covers_every_field_and_the_analysis():
    before = content_hash(piece(), "1")
    changed = [
        piece(title="u"),
        piece(audience=2),
        piece(url="/x/"),
        piece(passages=(Passage("step:1", "第1步", "字"),)),
        piece(facts={"authors": "赵"}),
        piece(date=dt.date(2026, 1, 1)),
    ]
    hashes = {before, content_hash(piece(), "2"), *(content_hash(other, "1") for other in changed)}
    assert len(hashes) == 8
    assert content_hash(piece(), "1") == before
    for one in changed:
        fields = json.dumps([dataclasses.asdict(one), "1"], ensure_ascii=False, sort_keys=True, default=str)
        assert content_hash(one, "1") == hashlib.sha256(fields.encode()).hexdigest()
    assert content_hash(None, "1") == ""


def test_failures_wait_longer_up_to_an_hour():
    assert [retry_wait(n).total_seconds() for n in (1, 2, 3, 50)] == [5, 10, 20, 3600]


def test_the_drain_rests_longer_up_to_15_seconds():
    assert [pause_seconds(n) for n in (1, 2, 3, 40)] == [0.5, 1.0, 2.0, 15.0]
