"""The first hit is right and opens at the right place: the judged queries, with near-duplicate decoys in the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.relevance import judge
from bench.relevance.gold import Judged, gold
from bench.relevance.judge import Answer
from bench.relevance.report import as_lines, changes, missed
from bench.relevance.scores import by_group
from portal.demo.loader.run import demo_load
from search.sync.drain import drain_all


def _without_files(queries: list[Judged]) -> list[Judged]:
    """Files are not read here (that takes longer than all the rest): `bench.relevance.run` asks for them too."""
    return [one for one in queries if not any(name.startswith("file:") for name in one.expect)]


@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
def test_nine_first_hits_of_ten_are_right_among_decoys(settings):
    settings.DEMO = True
    demo_load()
    assert judge.decoys_load() >= 50
    drain_all()
    answers = list(judge.ask(_without_files(gold())))
    missed = [
        (answer.judged.id, answer.judged.text, answer.rank, answer.first) for answer in answers if not answer.right
    ]
    old = [answer for answer in answers if answer.judged.set == "old"]
    assert (len(old), len(answers)) >= (80, 150)
    assert sum(answer.right for answer in old) >= 0.9 * len(old), missed
    assert len(missed) <= 0.12 * len(answers), missed
    placed = [answer.place_right for answer in answers if answer.place_right is not None]
    assert sum(placed) >= 0.85 * len(placed)


def _answer(rank: int, place: bool | None = None) -> Answer:
    return Answer(Judged("new", f"q{rank}", "word", "麻丝", ("x",), held=rank == 0), rank, "x", place, 1.0)


def test_figures_count_what_is_missing_as_wrong() -> None:
    told = by_group([_answer(1, place=True), _answer(2, place=False), _answer(0, place=False)])
    assert told["tune/all"] == {"queries": 2, "r1": 0.5, "r10": 1.0, "mrr": 0.75, "placed": 1, "places": 2}
    assert told["held/word"] == {"queries": 1, "r1": 0.0, "r10": 0.0, "mrr": 0.0, "placed": 0, "places": 1}


def test_a_change_of_rank_or_place_is_told_in_a_line_each() -> None:
    before = {"queries": {"judged": {"a": ["麻丝", 1, None], "b": ["喉箍", 0, False], "c": ["晃电", 1, True]}}}
    after = {"queries": {"judged": {"a": ["麻丝", 2, None], "b": ["喉箍", 1, True], "c": ["晃电", 1, True]}}}
    told = changes(before, after)
    assert "worse: judged a 麻丝: rank 1 → 2" in told
    assert "better: judged b 喉箍: rank 0 → 1" in told
    assert "晃电" not in told


@pytest.fixture(params=["embedded", "elasticsearch"])
def stored_run(request: pytest.FixtureRequest) -> Iterator[dict]:
    """The run that is kept in the repository."""
    from bench.relevance.run import stored

    yield stored(request.param)


def test_the_stored_run_keeps_the_bounds_and_is_what_the_page_shows(stored_run: dict) -> None:
    assert missed(stored_run) == []
    page = (Path(__file__).parents[2] / "docs" / "relevance.md").read_text(encoding="utf-8")
    whole = stored_run["sets"]["judged"]["held/all"]
    assert f"{whole['r1']:.3f}" in page
    assert as_lines(stored_run).count("\n") > len(gold())
