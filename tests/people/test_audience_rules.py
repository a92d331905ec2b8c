"""Audiences as plain values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.audience import rules

TOKENS = st.sampled_from(["public", "signed-in", "unit:1", "unit:2", "studio:1", "role:hr", "person:7", "group:3"])
CLAUSES = st.lists(st.lists(TOKENS, max_size=4), max_size=4)
READERS = st.frozensets(TOKENS, max_size=6)


def test_a_token_names_its_kind_and_key() -> None:
    assert rules.token("unit", 7) == "unit:7"


def test_a_token_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="planet"):
        rules.token("planet", 3)


def test_no_clause_is_met_by_everybody() -> None:
    assert rules.satisfies((), frozenset({"public"}))


def test_an_empty_clause_is_met_by_nobody_but_those_who_read_all() -> None:
    assert not rules.satisfies(((),), frozenset({"public", "signed-in", "unit:1"}))
    assert rules.satisfies(((),), frozenset({"read-all"}))


def test_every_clause_must_be_met() -> None:
    clauses = (("studio:1", "unit:1"), ("role:hr",))
    assert not rules.satisfies(clauses, frozenset({"unit:1"}))
    assert rules.satisfies(clauses, frozenset({"unit:1", "role:hr"}))


def test_a_clause_that_everybody_meets_is_dropped() -> None:
    assert rules.canonical([["public", "unit:1"], []]) == ((),)
    assert rules.canonical([["public"]]) == ()


def test_a_wider_clause_is_dropped_beside_a_narrower_one() -> None:
    assert rules.canonical([["unit:1", "unit:2"], ["unit:1"]]) == (("unit:1",),)


@given(CLAUSES, READERS)
def test_the_canonical_form_is_met_by_the_same_readers(clauses: list[list[str]], reader: frozenset[str]) -> None:
    tokens = reader | {"public"}
    assert rules.satisfies(rules.canonical(clauses), tokens) == rules.satisfies(clauses, tokens)


@given(CLAUSES)
def test_the_canonical_form_of_itself_is_itself(clauses: list[list[str]]) -> None:
    once = rules.canonical(clauses)
    assert rules.canonical(once) == once


@given(CLAUSES, st.randoms())
def test_order_and_repeats_do_not_change_the_digest(clauses: list[list[str]], random: object) -> None:
    shuffled = [sorted(clause, reverse=True) * 2 for clause in clauses] + clauses
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.digest(rules.canonical(shuffled)) == rules.digest(rules.canonical(clauses))


@given(CLAUSES, CLAUSES, READERS)
def test_more_restrictions_never_let_more_people_in(
    mine: list[list[str]], above: list[list[str]], reader: frozenset[str]
) -> None:
    if rules.satisfies(rules.canonical([*mine, *above]), reader | {"public"}):
        assert rules.satisfies(rules.canonical(mine), reader | {"public"})
