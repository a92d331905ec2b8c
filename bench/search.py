"""Search on both engines: index time and size, exactness, latency of the query service and of the engine alone.

    python -m bench.search [--pages 10000] [--engine embedded|elasticsearch]

Baselines of the same run: the bare FTS5 statement and the bare Elasticsearch match, and the bare insert of the same
tokens. Elasticsearch: the server of ELASTICSEARCH_URL, else one of its own.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from bench import figures
from bench.place import place
from bench.search_texts import HOSTILE, SHORT, pieces, questions

QUESTIONS = 200
ROUNDS = 20
BATCH = 200
PEOPLE = 4
# The query service against the bare statement, by the design.
SERVICE_TARGET = 1.5
SAME = "the same requests, sent bare"
COMPARED_HEAD = ["queries", "", "p50 ms", "p95 ms", "CPU ms", "times the same, bare", "target"]
Way = tuple[str, Callable[[str], object]]


def main() -> int:
    """Measures each engine in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"])
    parser.add_argument("--url", default="")
    arguments = parser.parse_args()
    if arguments.url or arguments.engine == "embedded":
        _measure(arguments.pages, arguments.url)
        return 0
    failed = 0
    if arguments.engine is None:
        failed += _child(arguments.pages, "--engine", "embedded")
    from scripts.elasticsearch import Elasticsearch, Missing

    try:
        with Elasticsearch("8") as server:
            print(f"\n{server.version}", flush=True)
            failed += _child(arguments.pages, "--url", server.url)
    except Missing as reason:
        print(reason)
        failed += 1
    return failed


def _child(pages: int, *options: str) -> int:
    command = [sys.executable, "-m", "bench.search", "--pages", str(pages), *options]
    return int(subprocess.run(command, check=False).returncode != 0)


def _measure(count: int, url: str) -> None:
    with place(search_url=url):
        from django.contrib.auth.models import AnonymousUser

        from people.audience import audience_for
        from search import query
        from search.engines import get_engine
        from search.engines.contract import Change, SearchRequest

        engine = get_engine()
        audience = audience_for(()).pk
        made = pieces(count, audience)
        asked = questions(made, QUESTIONS)
        index = "chuancheng-bench"
        engine.index_delete(index)
        engine.index_create(index)
        engine.alias_point(index)
        begun, own = time.perf_counter(), time.process_time()
        for start in range(0, count, BATCH):
            batch = made[start : start + BATCH]
            engine.apply(index, [Change(one.kind, one.key, 1, one, "") for one in batch])
        engine.refresh(index)
        seconds, own = time.perf_counter() - begun, time.process_time() - own
        bare = _Embedded() if not url else _Elasticsearch(url)
        bare_own = time.process_time()
        bare_seconds = bare.insert(made)
        bare_own = time.process_time() - bare_own
        size = int(engine.status()["bytes"]) / 1e6
        share = bare_own / own if not url else bare_seconds / seconds
        target = f"{share:.0%}, 70 % {figures.verdict(0.7, share)}"
        head = ["", "seconds", "pages/s", "CPU s (this process)", "MB", f"of bare ({'seconds' if url else 'CPU'})"]
        print(figures.table(f"{engine.name}: index of {count} pages", head, [
            ["product, with passages", f"{seconds:.1f}", f"{count / seconds:.0f}", f"{own:.1f}", f"{size:.0f}", target],
            ["bare insert of the same", f"{bare_seconds:.1f}", f"{count / bare_seconds:.0f}", f"{bare_own:.1f}", "", ""],
        ]), flush=True)  # fmt: skip

        visible = frozenset({audience})
        reader = AnonymousUser()
        ways = ways_of(engine, reader, [*SHORT, *asked], visible)
        rows = []
        for name, texts in (("short words", [*SHORT] * ROUNDS), ("questions", asked)):
            rows += compared(name, [*ways, (bare.label, bare.search)], texts)
        print(figures.table(f"{engine.name}: latency over {count} pages", COMPARED_HEAD, rows))

        slowest = max(
            (_quickest(lambda text=text: query.search(user=reader, text=text)), text[:20]) for text in HOSTILE
        )
        print(
            figures.table(
                f"{engine.name}: hostile queries over {count} pages", ["queries", "slowest ms", "target", "which"],
                [[len(HOSTILE), f"{slowest[0]:.0f}", f"200 {figures.verdict(slowest[0], 200)}", repr(slowest[1])]],
            )
        )  # fmt: skip
        print(_results_page(engine.name, count, SHORT[0], asked[0]))

        rows = []
        for word in SHORT:
            truth = {one.key for one in made if word in one.title or word in one.text}
            found = [hit.key for start in range(0, min(len(truth) + 1, 10_000), 500)
                     for hit in engine.search(SearchRequest(word, visible, offset=start, limit=500)).hits if hit.exact]  # fmt: skip
            answer = engine.search(SearchRequest(word, visible))
            filters = _filters_equal(engine, word, visible, [one for one in made if one.key in truth])
            right = answer.total == len(truth) and set(found) == truth
            rows.append([word, len(truth), answer.total, "ok" if right else "WRONG", "ok" if filters else "WRONG"])
        head = ["word", "truth", "found", "hits", "filters"]
        print(figures.table(f"{engine.name}: exactness over {count} pages (truth by plain `in`)", head, rows))
        bare.remove()
        engine.index_delete(index)


def _filters_equal(engine: Any, word: str, visible: frozenset[int], truth: list[Any]) -> bool:
    """Whether the count under each studio and kind, as filter and as facet, is that of the pages with the word."""
    from search.engines.contract import SearchRequest

    facets = engine.search(SearchRequest(word, visible)).facets
    for name in ("studio", "kind"):
        counted = Counter(value for one in truth if (value := getattr(one, name)) is not None)
        if counted != Counter(facets.get(name, {})):
            return False
        for value, number in counted.items():
            if engine.search(SearchRequest(word, visible, **{name: value})).total != number:
                return False
    return True


def _quickest(way: Callable[[], object], tries: int = 3) -> float:
    """The best of some tries in milliseconds: what the query costs, not what else the machine did."""
    times = []
    for _try in range(tries):
        begun = time.perf_counter()
        way()
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def _results_page(engine: str, count: int, word: str, question: str) -> str:
    """The page a signed-in reader gets, through gunicorn: the target is 25 ms of processor time."""
    from bench import server, signed_in

    cookies = signed_in.cookies(PEOPLE)
    rows = []
    with server.served() as (port, pid):
        for name, text in (("a short word", word), ("a question", question)):
            path = f"/search/?q={text}"
            queries, own = signed_in.queries_and_cpu(path, cookies[0])
            got = server.load(port, pid, path, cookies)
            rows.append(
                [
                    name, queries, f"{own:.1f}", f"{got.cpu:.1f}", f"25 {figures.verdict(got.cpu, 25)}",
                    f"{got.per_second:.0f}", f"{got.p95:.0f}", got.failed,
                ]
            )  # fmt: skip
    head = [
        "results page",
        "queries",
        "CPU ms (in process)",
        "CPU ms (server)",
        "target",
        "requests/s",
        "p95 ms",
        "failed",
    ]
    return figures.table(f"{engine}: results page over {count} pages, {PEOPLE} connections", head, rows)


def ways_of(engine: Any, reader: Any, texts: Iterable[str], visible: frozenset[int]) -> list[Way]:
    """The query service, and below it what is its own: the engine alone, and the very requests that were sent to it."""
    from bench.replay import same_requests
    from people.audience import memo
    from search import query
    from search.engines.contract import SearchRequest

    def service(text: str) -> object:
        with memo.remembering():
            return query.search(user=reader, text=text)

    return [
        ("query service", service),
        ("engine alone", lambda text: engine.search(SearchRequest(text, visible))),
        (SAME, same_requests(engine, service, texts)),
    ]


def compared(name: str, ways: list[Way], texts: Iterable[str]) -> list[list[str]]:
    """Each way with its latency, and how many times that of the same requests. They take turns: machines drift."""
    texts = list(texts)
    for _label, way in ways:
        for text in texts[:10]:
            way(text)
    times: list[list[float]] = [[] for _way in ways]
    spent = [0.0 for _way in ways]
    for text in texts:
        for number, (_label, way) in enumerate(ways):
            cpu, begun = time.process_time(), time.perf_counter()
            way(text)
            times[number].append((time.perf_counter() - begun) * 1000)
            spent[number] += (time.process_time() - cpu) * 1000
    ordered = [sorted(some) for some in times]
    middle = {label: some[len(some) // 2] for (label, _way), some in zip(ways, ordered, strict=True)}
    rows = []
    for number, label in enumerate(middle):
        ratio = middle[label] / middle[SAME]
        target = f"{SERVICE_TARGET:g} {figures.verdict(ratio, SERVICE_TARGET)}" if number == 0 else ""
        p95 = ordered[number][int(len(texts) * 0.95)]
        cpu = spent[number] / len(texts)
        rows.append([name, label, f"{middle[label]:.1f}", f"{p95:.1f}", f"{cpu:.1f}", f"{ratio:.1f}", target])
    return rows


class _Embedded:
    """FTS5 alone: the product's tokens, no audience, no counts, no facets, no order of ours."""

    label = "bare FTS5 statement, top 100"

    def __init__(self) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("""CREATE VIRTUAL TABLE d USING fts5(title, body, tokenize="ascii tokenchars '.+#-_/~%'")""")

    def insert(self, made: list[Any]) -> float:
        from search.analysis.text import analysed

        begun = time.perf_counter()
        with self._base:
            self._base.executemany(
                "INSERT INTO d VALUES (?, ?)", ((analysed(one.title).stream, analysed(one.text).stream) for one in made)
            )
        return time.perf_counter() - begun

    def search(self, text: str) -> object:
        from search.analysis.query import analysed_query

        terms = " OR ".join(f'"{gram}"' for gram in analysed_query(text).grams)
        statement = "SELECT rowid FROM d WHERE d MATCH ? ORDER BY bm25(d, 2.0, 1.0) LIMIT 100"
        return self._base.execute(statement, [terms]).fetchall()

    def remove(self) -> None:
        self._base.close()


class _Elasticsearch:
    """A bare match over one field of the same tokens, top 10."""

    label = "bare match, top 10"

    def __init__(self, url: str) -> None:
        from elasticsearch import Elasticsearch

        self._client = Elasticsearch(url, request_timeout=60)
        field = {"type": "text", "analyzer": "whitespace"}
        self._client.indices.create(
            index="bare-bench", mappings={"properties": {"body": field}}, settings={"number_of_replicas": 0}
        )

    def insert(self, made: list[Any]) -> float:
        from elasticsearch.helpers import bulk

        from search.analysis.text import analysed

        begun = time.perf_counter()
        bulk(self._client, ({"_index": "bare-bench", "body": analysed(one.text).stream} for one in made))
        self._client.indices.refresh(index="bare-bench")
        return time.perf_counter() - begun

    def search(self, text: str) -> object:
        from search.analysis.query import analysed_query

        match = {"body": " ".join(analysed_query(text).grams) or text}
        return self._client.search(index="bare-bench", query={"match": match}, source=False)

    def remove(self) -> None:
        self._client.indices.delete(index="bare-bench")


if __name__ == "__main__":
    sys.exit(main())
