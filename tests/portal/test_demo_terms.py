"""The demo's dictionary shows something, without a word of the queries by which the search is judged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from bench.relevance.gold import gold
from people.models import Trade
from portal.demo.loader.content import read
from portal.demo.loader.organisation import organisation_load, people_load
from portal.demo.loader.terms import terms_load
from search.dictionary.models import Term, TermState
from search.dictionary.rules import Entry, faults, plain

TERMS = read("terms")["terms"]


def words(row: dict[str, str]) -> tuple[str, ...]:
    return Entry(row["kind"], row["text"], row.get("meaning", "")).words


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row["text"])
def test_a_term_is_in_order_and_no_word_of_the_judged_queries(row):
    assert faults(Entry(row["kind"], row["text"], row.get("meaning", ""))) == []
    asked = [plain(one.text) for one in gold()]
    tried = yaml.safe_load(Path("bench/relevance/synonyms.yaml").read_text("utf-8"))["groups"]
    asked += [plain(word) for group in tried for word in group]
    for word in words(row):
        assert [text for text in asked if word in text or text in word] == []


def test_every_trade_and_kind_has_some():
    kinds = Counter(row["kind"] for row in TERMS)
    assert all(kinds[kind] >= 3 for kind in ("word", "synonyms", "abbreviation"))
    trades = {row["code"] for row in read("organisation")["trades"]}
    assert {row["trade"] for row in TERMS if "trade" in row} == trades


@pytest.mark.django_db
def test_loading_twice_adds_nothing():
    organisation_load()
    people = people_load()
    assert terms_load(people) == len(TERMS)
    assert terms_load(people) == 0
    assert Trade.objects.filter(name__in=Term.objects.values("trade__name")).count() > 5
    states = Counter(Term.objects.values_list("state", flat=True))
    assert states == {TermState.APPROVED: len(TERMS) - 2, TermState.PROPOSED: 2}
