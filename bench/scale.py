"""A large index through the product: rows, drain, search, a rebuild while people search and publish, memory.

    python -m bench.scale [--passages 20000] [--engine embedded|elasticsearch] [--database sqlite|postgresql]
    python -m bench.scale --passages 1000000           the whole of it: some forty minutes on two cores

Baselines of the same run, on Elasticsearch: the bare bulk of the very same documents (made ready before), and the bare
match of the same tokens over the same index. The generator's own time is counted on neither side.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from bench import figures
from bench.place import place
from bench.scale_content import PASSAGES_EACH, Asking, Generated, megabytes, words_of
from bench.search import COMPARED_HEAD, compared, ways_of
from bench.search_texts import SHORT

QUESTIONS = 100
BARE_BATCH = 200
EDIT_EVERY = 4
SHARE, LATENCY, GROWTH, FOUND_SECONDS = 0.7, 1.5, 1.15, 1.0


def main() -> int:
    """Measures one engine; Elasticsearch is a server of this run's own unless ELASTICSEARCH_URL names one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="elasticsearch")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="with Elasticsearch: postgresql")
    asked = parser.parse_args()
    pieces = max(1, asked.passages // PASSAGES_EACH)
    from scripts.elasticsearch import Elasticsearch
    from scripts.postgres import Postgres

    with ExitStack() as servers:
        url = database = ""
        if asked.engine == "elasticsearch":
            search = servers.enter_context(Elasticsearch("8"))
            url = search.url
            print(f"\n{search.version}", flush=True)
        if asked.database == "postgresql" or (url and not asked.database):
            rows = servers.enter_context(Postgres())
            database = rows.url
            print(rows.version, flush=True)
        _measure(pieces, url, database)
    return 0


def _measure(pieces: int, url: str, database: str) -> None:
    with place(database, url):
        from people.audience import audience_for
        from search import registry
        from search.engines import get_engine

        made = Generated(pieces, audience_for(()).pk)
        registry.register(made)
        engine = get_engine()
        title = f"{engine.name}: {pieces * PASSAGES_EACH:,} passages"
        seconds = _filled(engine, made, title)
        bare = _against_bulk(engine, made, pieces / seconds, title) if url else 0.0
        _searched(engine, made, title)
        _rebuilt(engine, made, title, bare)
        _audited(engine, made, title)


def _filled(engine: Any, made: Generated, title: str) -> float:
    """Rows and drain until nothing waits; gives the seconds until all was found, without the generator's."""
    from search.sync.drain import drain_once
    from search.sync.indexes import indexes_ensure

    begun = time.perf_counter()
    indexes_ensure(engine)
    rows = time.perf_counter() - begun
    begun, marks, done, found, before = time.perf_counter(), [], 0, 0.0, 0.0
    while not (report := drain_once(engine=engine)).idle:
        done += report.sent
        if report.suggested:
            found = found or before
        before = time.perf_counter() - begun - made.spent
        if report.sent and done * 4 // made.count >= len(marks):
            marks.append(megabytes())
            print(f"  {done} pieces in {time.perf_counter() - begun:.0f} s, {marks[-1]} MB", flush=True)
    found, growth = found or before, marks[-1] / marks[len(marks) // 2]
    print(figures.table(f"{title}: taken in through the drain", ["", "", "target"], [
        ["rows of what is to be sent", f"{rows:.1f} s", ""],
        ["sent and found", f"{found:.1f} s (and {made.spent:.1f} s of the generator)", ""],
        ["rate", f"{made.count / found:.0f} pieces/s, {made.count * PASSAGES_EACH / found:.0f} passages/s", ""],
        ["suggested too", f"{before:.1f} s: {made.count / before:.0f} pieces/s", ""],
        ["memory of the drain, half way → end", f"{marks[len(marks) // 2]} → {marks[-1]} MB",
         f"× {growth:.2f}, {GROWTH:g} {figures.verdict(growth, GROWTH)}"],
    ]), flush=True)  # fmt: skip
    return found


def _against_bulk(engine: Any, made: Generated, rate: float, title: str) -> float:
    """The very same documents by the client's own bulk helper alone; gives its pieces a second.

    All of them are made ready before the first is sent: in pauses the server would merge at nobody's expense.
    """
    from elasticsearch.helpers import bulk

    from search.engines.contract import Change
    from search.engines.elastic_write import _passage_actions, _piece_action

    index, spent, sent = f"{engine.alias_index()}-bare", 0.0, 0
    engine.index_create(index)
    client = engine._client.options(request_timeout=60)
    keys = list(made.keys())
    with TemporaryFile() as documents:
        for start in range(0, len(keys), BARE_BATCH):
            ready: list[dict[str, Any]] = []
            for piece in made.build_many(keys[start : start + BARE_BATCH]).values():
                change = Change(piece.kind, piece.key, 1, piece, "")
                for head, source in [*_passage_actions(index, change, set()), _piece_action(index, change)]:
                    ready.append({"_op_type": "index", **head["index"], "_source": source})
            pickle.dump(ready, documents)
        documents.seek(0)
        for _batch in range(0, len(keys), BARE_BATCH):
            ready = pickle.load(documents)  # noqa: S301 written by us a moment ago
            begun = time.perf_counter()
            sent += bulk(client, ready)[0]
            spent += time.perf_counter() - begun
    begun = time.perf_counter()
    engine.refresh(index)
    spent += time.perf_counter() - begun
    engine.index_delete(index)
    bare = len(keys) / spent
    verdict = "ok" if rate / bare >= SHARE else "UNDER"
    print(figures.table(f"{title}: against the bare bulk of the same documents", ["", "pieces/s", "target"], [
        ["product (database, analysis, records, bulk)", f"{rate:.0f}", f"{rate / bare:.0%}, {SHARE:.0%} {verdict}"],
        [f"bare bulk of {sent} documents", f"{bare:.0f}", ""],
    ]), flush=True)  # fmt: skip
    return bare


def _searched(engine: Any, made: Generated, title: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    from search.analysis.query import analysed_query

    asked = words_of(made, QUESTIONS)
    ways = ways_of(engine, AnonymousUser(), [*SHORT, *asked], frozenset({made.audience}))
    if engine.name == "elasticsearch":
        index, client = engine.alias_index(), engine._client

        def bare(text: str) -> object:
            grams = " ".join(analysed_query(text).grams) or text
            return client.search(index=index, query={"match": {"body_grams": grams}}, source=False)

        ways.append(("bare match, top 10", bare))
    rows = []
    for name, texts in (("short words", [*SHORT] * 10), ("questions", asked)):
        rows += compared(name, ways, texts)
    print(figures.table(f"{title}: latency", COMPARED_HEAD, rows), flush=True)


def _rebuilt(engine: Any, made: Generated, title: str, bare: float) -> None:
    """A second index is filled while one thread asks without end and every some rounds a piece is published."""
    from search.engines.contract import SearchRequest
    from search.models import IndexState, SearchIndex
    from search.services.objects import objects_changed
    from search.sync.drain import drain_once
    from search.sync.indexes import rebuild_start

    before, rounds, generator = megabytes(), 0, made.spent
    waits, open_since = list[float](), dict[str, float]()

    def look() -> None:
        for word, since in list(open_since.items()):
            asked = SearchRequest(word, frozenset({made.audience}), limit=3, facets=False)
            if engine.search(asked).total:
                waits.append(time.perf_counter() - since)
                del open_since[word]

    begun, building = time.perf_counter(), rebuild_start(engine)
    with Asking(engine, SHORT[0], made.audience) as asking:
        while SearchIndex.objects.filter(pk=building.pk, state=IndexState.BUILDING).exists():
            if rounds % EDIT_EVERY == 0:
                key, word = f"{rounds:07d}", f"新篇{rounds}号"
                made.edits[key], open_since[word] = word, time.perf_counter()
                objects_changed(made.kind, [key])
            drain_once(engine=engine)
            look()
            rounds += 1
    waits += [float("inf")] * len(open_since)
    seconds, waits = time.perf_counter() - begun, sorted(waits)
    rate = made.count / (seconds - (made.spent - generator))
    growth, p95 = megabytes() / before, waits[int(len(waits) * 0.95)]
    gap = "ok" if not asking.failed and asking.fewest >= asking.first else "GAP"
    print(figures.table(f"{title}: rebuilt under load in {seconds:.0f} s", ["", "", "target"], [
        ["rate", f"{rate:.0f} pieces/s", f"{rate / bare:.0%} of the bare bulk" if bare else ""],
        ["searches meanwhile", f"{asking.asked}, {len(asking.failed)} failed, {asking.fewest} hits at least of {asking.first}", gap],
        ["search p95", f"{asking.p95() * 1000:.0f} ms", ""],
        [f"published → found, {len(waits)} times, p95", f"{p95:.2f} s",
         f"{FOUND_SECONDS:g} {figures.verdict(p95, FOUND_SECONDS)}"],
        ["memory of this process", f"{before} → {megabytes()} MB", f"× {growth:.2f}, {GROWTH:g} {figures.verdict(growth, GROWTH)}"],
    ]), flush=True)  # fmt: skip


def _audited(engine: Any, made: Generated, title: str) -> None:
    from search.sync.audit import audit

    begun = time.perf_counter()
    report = audit(engine)
    seconds = time.perf_counter() - begun
    wrong = {name: len(getattr(report, name)) for name in ("missing", "stale", "orphaned", "suggestions")}
    verdict = "ok" if not report.damaged() and report.checked >= made.count else f"DIFFERS {wrong}"
    told = [[report.checked, f"{seconds:.0f}", f"{megabytes()} MB", verdict]]
    print(figures.table(f"{title}: audit", ["pieces", "seconds", "memory", ""], told), flush=True)


if __name__ == "__main__":
    sys.exit(main())
