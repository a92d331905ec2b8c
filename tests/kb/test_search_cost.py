"""What it costs to hand pages to search."""

from __future__ import annotations

import pytest

from kb.models import OperatingMethodPage
from search import registry
from tests.factories.kb import make_method
from tests.factories.people import TradeFactory
from tests.factories.studios import make_studio

pytestmark = pytest.mark.django_db


def test_many_pages_cost_as_many_queries_as_one(django_assert_max_num_queries):
    for _ in range(6):
        make_method(studio=make_studio(), trades=[TradeFactory()])
    searchable = registry.get("method")
    keys = list(searchable.keys())
    searchable.build_many(keys)
    with django_assert_max_num_queries(6):
        pieces = searchable.build_many(keys)
    assert len(pieces) == 6


def test_what_is_fetched_together_is_what_each_page_would_ask_for():
    make_method(studio=make_studio(), trades=[TradeFactory()])
    searchable = registry.get("method")
    (piece,) = searchable.build_many(list(searchable.keys())).values()
    facts = OperatingMethodPage.objects.get().search_facts()
    assert {name: getattr(piece, name) for name in facts} == facts
