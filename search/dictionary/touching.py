"""After a change of the dictionary: the pieces that contain a changed word are sent again, so that they are cut anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from search import registry
from search.analysis.runs import HAN, runs
from search.batches import batches
from search.dictionary import selectors
from search.dictionary.models import TermChange
from search.engines.contract import DEEPEST, Engine, SearchRequest
from search.models import SearchObject
from search.services import objects

PAGE = 500
RAISED_AT_ONCE = 2000
# So many changed words at most are looked up one by one; after a larger import everything is sent again.
MOST_LOOKED_UP = 200
# A query of so many Chinese characters is exact for every engine, whatever else it is made of.
EXACT_CHARACTERS = 4


def changes_touch(engine: Engine) -> int:
    """Has the pieces sent again that the waiting changes touch; gives how many.

    One small query where nothing waits. Raises EngineUnavailable; the changes go on waiting then.
    """
    changes = list(selectors.untouched_changes())
    if not changes:
        return 0
    texts = sorted({text for change in changes for text in change.texts})
    found = touched_names(engine, texts)
    for kind, keys in sorted(found.items()):
        # A transaction each: writers wait for no more than one of them. Killed in between, all of it is done again.
        for chunk in batches(sorted(keys), RAISED_AT_ONCE):
            objects.objects_changed(kind, chunk)
    count = sum(map(len, found.values()))
    rows = TermChange.objects.filter(pk__in=[change.pk for change in changes])
    rows.update(touched_at=timezone.now(), touched=count)
    return count


def touched_names(engine: Engine, texts: list[str]) -> dict[str, set[str]]:
    """Keys by kind of the pieces that may contain one of the texts; none that does is missing."""
    found: dict[str, set[str]] = {}
    if len(texts) > MOST_LOOKED_UP:
        return {kind: set(_all_keys(kind)) for kind in registry.kinds()}
    for probe in sorted(set(filter(None, map(probe_of, texts)))):
        for kind in registry.kinds():
            found.setdefault(kind, set()).update(_keys_with(engine, probe, kind))
    return {kind: keys for kind, keys in found.items() if keys}


def probe_of(text: str) -> str:
    """The part of a word that is asked for: short enough to be an exact query. More pieces than needed may have it.

    Only Chinese runs are cut by the dictionary: a word without any touches nothing.
    """
    han = max((run.group() for run in runs(text) if HAN.match(run.group())), key=len, default="")
    return han[:EXACT_CHARACTERS]


def _keys_with(engine: Engine, probe: str, kind: str) -> Iterator[str]:
    offset = 0
    while True:
        request = SearchRequest(probe, None, kind=kind, offset=offset, limit=PAGE, facets=False)
        page = engine.search(request)
        if page.total > DEEPEST:
            yield from _all_keys(kind)
            return
        exact = [hit.key for hit in page.hits if hit.exact]
        yield from exact
        offset += PAGE
        if len(exact) < PAGE or offset >= page.total:
            return


def _all_keys(kind: str) -> Iterator[str]:
    return SearchObject.objects.filter(kind=kind, deleted=False).values_list("key", flat=True).iterator()
