"""The first hit is right: the gold queries over the demo, with near-duplicate decoys in the index."""

from __future__ import annotations

import pytest

from bench.relevance import judge
from portal.demo.loader.run import demo_load
from search.sync.drain import drain_all

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("engine")
def test_nine_first_hits_of_ten_are_right_among_decoys(settings):
    settings.DEMO = True
    demo_load()
    assert judge.decoys_load() >= 50
    drain_all()
    answers = list(judge.ask(judge.gold()))
    missed = [(answer.id, answer.text, answer.rank, answer.first) for answer in answers if not answer.right]
    assert len(answers) >= 60
    assert len(missed) <= len(answers) // 10, missed
