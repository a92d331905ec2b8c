"""Puts the decoys beside the demo, asks the gold queries as a reader, says which first hits are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bench.relevance.decoys import decoys

GOLD = Path(__file__).with_name("gold.yaml")
READER = "T0001"


@dataclass(frozen=True)
class Answer:
    """What came of one query. `rank` counts from 1, 0 where no expected page is among the first ten."""

    id: str
    group: str
    text: str
    rank: int
    first: str
    place_right: bool | None
    ms: float

    @property
    def right(self) -> bool:
        """Whether the first hit is an expected page."""
        return self.rank == 1


def gold() -> list[dict[str, Any]]:
    """The queries with the pages that ought to come first."""
    return yaml.safe_load(GOLD.read_text(encoding="utf-8"))["queries"]


def decoys_load() -> int:
    """Publishes the decoys as cases of the studios, in turn; gives how many."""
    from kb.models import CasePage
    from studios.models import StudioPage

    parents = list(StudioPage.objects.order_by("pk"))
    for number, decoy in enumerate(decoys()):
        parent = parents[number % len(parents)]
        parent.refresh_from_db()
        page = CasePage(
            title=decoy.title, slug=decoy.key, what_happened=decoy.text, live=False,
            happened_date=dt.date(2026, 1, 1),
        )  # fmt: skip
        parent.add_child(instance=page)
        page.save_revision(log_action=False).publish(skip_permission_checks=True)
    return number + 1


def ask(queries: Sequence[dict[str, Any]]) -> Iterator[Answer]:
    """The answers of the configured engine, through the product's own search, as a trainee sees them."""
    from time import perf_counter

    from wagtail.models import Page

    from people.models import User
    from search.query import search

    reader = User.objects.get(username=READER)
    slugs = {str(page.page_key): page.slug for page in Page.objects.specific() if hasattr(page, "page_key")}
    for query in queries:
        start = perf_counter()
        results = search(user=reader, text=query["text"])
        took = (perf_counter() - start) * 1000
        found = [slugs.get(hit.key, hit.key) for hit in results.hits]
        ranks = [number for number, slug in enumerate(found, start=1) if slug in query["expect"]]
        rank = ranks[0] if ranks else 0
        right = (
            _place_right(query["place"], results.hits[rank - 1], found[rank - 1]) if rank and "place" in query else None
        )
        yield Answer(query["id"], query["group"], query["text"], rank, found[0] if found else "", right, took)


def _place_right(place: str, hit: Any, slug: str) -> bool:
    """Whether the hit opens its page at the step that the query is about."""
    from kb.models import OperatingMethodPage

    step = OperatingMethodPage.objects.get(slug=slug).steps[int(place.removeprefix("step:")) - 1]
    return urlsplit(hit.url).fragment == f"step-{step.id}"
