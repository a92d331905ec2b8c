"""The studio record's rules."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios import rules
from studios.models import Leader, StudioState
from studios.rules import Gap, RecordFacts

FULL = RecordFacts(members=3, honour_levels=["city"], has_plaque=True, has_place=True, has_rules=True, types=1)


def test_the_official_name_is_built_from_the_leader():
    assert rules.official_name(" 顾海潮 ") == "顾海潮劳模创新工作室"


def test_a_complete_record_has_no_gap():
    assert rules.record_gaps(FULL, min_members=3, min_honour="city") == []


def test_each_lack_is_named():
    empty = RecordFacts(members=2, honour_levels=[], has_plaque=False, has_place=False, has_rules=False, types=0)
    gaps = rules.record_gaps(empty, min_members=3, min_honour="city")
    assert gaps[0] == Gap("members", 2, 3)
    assert [gap.code for gap in gaps] == ["members", "leader", "plaque", "place", "rules", "types"]


@pytest.mark.parametrize(("level", "enough"), [("company", False), ("city", True), ("province", True), ("", False)])
def test_one_leader_of_the_level_is_enough(level, enough):
    facts = RecordFacts(3, ["other", level], has_plaque=True, has_place=True, has_rules=True, types=1)
    assert (rules.record_gaps(facts, min_members=3, min_honour="city") == []) is enough


def test_every_state_of_the_model_has_a_way_on():
    assert set(rules.TRANSITIONS) == set(StudioState.values)
    assert {to for ways in rules.TRANSITIONS.values() for to in ways} <= set(StudioState.values)


def test_every_honour_level_of_the_model_has_a_rank():
    assert set(Leader.HonourLevel.values) == set(rules.HONOUR_RANK)


@pytest.mark.parametrize(
    ("current", "wanted", "may"),
    [
        ("preparing", "built", True),
        ("preparing", "named", False),
        ("built", "built", True),
        ("kept", "withdrawn", True),
    ],
)
def test_states_follow_the_order_of_the_procedure(current, wanted, may):
    assert rules.may_change_state(current, wanted) is may


@given(start=st.dates(), length=st.integers(0, 5000), day=st.dates())
def test_both_ends_of_a_period_belong_to_it(start, length, day):
    end = min(dt.date.max, start + dt.timedelta(days=min(length, (dt.date.max - start).days)))
    assert rules.in_force(start, end, day) == (start <= day <= end)
    assert rules.in_force(start, None, day) == (start <= day)


def test_a_deputy_needs_dates_that_hold():
    day = dt.date(2026, 5, 1)
    assert rules.is_deputy(day, day, day)
    assert not rules.is_deputy(None, None, day)
    assert not rules.is_deputy(day, day, dt.date(2026, 5, 2))
