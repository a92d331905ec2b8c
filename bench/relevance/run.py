"""Relevance on both engines, beside their baselines: ``python -m bench.relevance.run [--engine …] [--store]``.

Prints the figures and what changed since the stored run (`last-<engine>.json`). `--store` keeps this run instead and
writes its tables into docs/relevance.md. Elasticsearch: the server of `--search-url`, else one of its own.
Ends with 1 where a figure is below its bound.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.place import place
from bench.relevance import report

HERE = Path(__file__).parent
ENGINES = ("embedded", "elasticsearch")


def main() -> int:
    """Measures each engine in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, help="this one alone")
    parser.add_argument("--search-url", default=os.environ.get("SEARCH_URL", ""))
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--out", type=Path, help="where a process of its own leaves its figures")
    arguments = parser.parse_args()
    if arguments.out:
        figures = _measured(arguments.search_url)
        arguments.out.write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
        return 0
    failed = 0
    for engine in [arguments.engine] if arguments.engine else ENGINES:
        failed += _engine(engine, arguments.search_url, store=arguments.store)
    if arguments.store and not failed:
        report.page_write({engine: stored(engine) for engine in ENGINES})
    return int(failed > 0)


def stored(engine: str) -> dict[str, Any]:
    """The last stored run of an engine, empty where there is none."""
    path = HERE / f"last-{engine}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _engine(engine: str, url: str, *, store: bool) -> int:
    from scripts.elasticsearch import Elasticsearch, Missing

    try:
        if engine == "elasticsearch" and not url:
            with Elasticsearch("8") as server:
                figures = _child(server.url)
        else:
            figures = _child(url if engine == "elasticsearch" else "")
    except Missing as reason:
        print(reason)
        return 1
    print(report.tables({engine: figures}))
    print(report.changes(stored(engine), figures))
    missed = report.missed(figures)
    print("\n".join(missed) or "every bound is kept")
    if store:
        text = report.as_lines(figures)
        (HERE / f"last-{engine}.json").write_text(text, encoding="utf-8")
    return len(missed)


def _child(url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as directory:
        out = Path(directory) / "figures.json"
        command = [sys.executable, "-m", "bench.relevance.run", "--search-url", url, "--out", str(out)]
        subprocess.run(command, check=True)
        return json.loads(out.read_text(encoding="utf-8"))


def _measured(url: str) -> dict[str, Any]:
    with place(search_url=url):
        from bench.relevance.judge import demo_prepare
        from bench.relevance.measure import measured
        from search.engines import get_engine
        from search.sync.drain import drain_all
        from search.sync.indexes import indexes_ensure

        demo_prepare()
        indexes_ensure(get_engine())
        drain_all()
        return measured(get_engine().name)


if __name__ == "__main__":
    sys.exit(main())
