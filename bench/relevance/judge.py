"""Puts the decoys beside the demo, asks the judged queries as a reader, says which hits and places are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bench.relevance.decoys import decoys
from bench.relevance.gold import Judged

READER = "T0001"
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is judged: its name among the expected ones, and where it opens."""

    name: str
    locator: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one query.

    `rank` counts from 1, 0 where no expected page is among the first ten. `place_right`: None where no place is
    expected, False also where the page was not found.
    """

    judged: Judged
    rank: int
    first: str
    place_right: bool | None
    ms: float

    @property
    def right(self) -> bool:
        """Whether the first hit is an expected page."""
        return self.rank == 1


def demo_prepare() -> int:
    """Loads the demo, reads its files and publishes the decoys; gives how many decoys."""
    from django.core.management import call_command

    from portal.demo.loader.run import demo_load
    from search.dictionary.live import follow

    demo_load()
    call_command("files_read", "--now", verbosity=0)
    follow()
    return decoys_load()


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


def ask(queries: Iterable[Judged]) -> Iterator[Answer]:
    """The answers of the configured engine, through the product's own search, as a trainee sees them."""
    from people.models import User
    from search.query import search

    reader, names = User.objects.get(username=READER), known_names()

    def asked(judged: Judged) -> list[Found]:
        results = search(user=reader, text=judged.text, kind=judged.kind, per_page=LOOKED_AT)
        return [Found(names.get((hit.kind, hit.key), hit.key), *opened(hit)) for hit in results.hits]

    yield from answers(queries, asked, step_locators())


def answers(
    queries: Iterable[Judged], asked: Callable[[Judged], list[Found]], steps: dict[str, list[str]]
) -> Iterator[Answer]:
    """Judges what `asked` finds. `steps`: the locators of the steps of methods, by slug."""
    for judged in queries:
        begun = perf_counter()
        found = asked(judged)[:LOOKED_AT]
        ms = (perf_counter() - begun) * 1000
        rank = next((number for number, hit in enumerate(found, start=1) if hit.name in judged.expect), 0)
        right = None
        if judged.place:
            right = bool(rank) and _place_right(judged, found[rank - 1], steps)
        yield Answer(judged, rank, found[0].name if found else "", right, ms)


def known_names() -> dict[tuple[str, str], str]:
    """Slugs of pages and keys of the demo's files, by kind and key of the hit."""
    from wagtail.models import Page

    from kb.models import File
    from portal.demo.loader.content import read

    pages = [page for page in Page.objects.specific() if hasattr(page, "page_key")]
    names = {(page.search_kind, str(page.page_key)): page.slug for page in pages}
    keys = {row["title"]: row["key"] for row in read("materials")["materials"]}
    return names | {("file", str(file.pk)): f"file:{keys.get(file.title, file.title)}" for file in File.objects.all()}


def step_locators() -> dict[str, list[str]]:
    """The locators of each method's steps in their order, by slug."""
    from kb.models import OperatingMethodPage

    return {page.slug: [f"step:{step.id}" for step in page.steps] for page in OperatingMethodPage.objects.live()}


def opened(hit: Any) -> tuple[str, str]:
    """Where a hit's address opens, as a locator, and how that place is called."""
    address = urlsplit(hit.url)
    at = parse_qs(address.query).get("at", [""])[0]
    kind, _dash, key = unquote(address.fragment).partition("-")
    return at or f"{'cue' if kind == 't' else kind}:{key}", hit.place


def _place_right(judged: Judged, hit: Found, steps: dict[str, list[str]]) -> bool:
    """Whether the hit opens at the place that the query is about. A place belongs to the first expected page."""
    if hit.name != judged.expect[0]:
        return True
    kind, _colon, key = judged.place.partition(":")
    if kind == "step" and key.isdigit():
        return hit.locator == steps[hit.name][int(key) - 1]
    if kind == "section":
        return key in hit.label or hit.locator == judged.place
    return hit.locator == judged.place
