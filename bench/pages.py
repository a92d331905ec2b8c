"""Pages of knowledge and studios: queries, processor time a request, requests a second, beside a bare Django answer.

python -m bench.pages [--seconds 5]
"""

from __future__ import annotations

import argparse
import time

from bench import figures, server
from bench.place import place

PEOPLE = 4
METHODS = 40


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    arguments = parser.parse_args()
    with place():
        from bench import signed_in

        paths = _content()
        cookies = signed_in.cookies(PEOPLE)
        rows = []
        with server.served("bench.bare:application") as (port, pid):
            bare = server.load(port, pid, "/", [""] * PEOPLE, seconds=arguments.seconds)
        rows.append(
            ["bare Django answer", 0, "-", f"{bare.cpu:.1f}", "-", f"{bare.per_second:.0f}", f"{bare.p95:.0f}", ""]
        )
        with server.served() as (port, pid):
            for name, path, target in paths:
                queries, own = signed_in.queries_and_cpu(path, cookies[0])
                got = server.load(port, pid, path, cookies, seconds=arguments.seconds)
                rows.append(
                    [
                        name, queries, f"{own:.1f}", f"{got.cpu:.1f}", f"{target} {figures.verdict(got.cpu, target)}",
                        f"{got.per_second:.0f}", f"{got.p95:.0f}", f"{got.failed} failed" if got.failed else "",
                    ]
                )  # fmt: skip
            memory = server.worker_megabytes(pid)
        head = ["page", "queries", "CPU ms (in process)", "CPU ms (server)", "target", "requests/s", "p95 ms", ""]
        print(figures.table(f"Pages, signed in, {PEOPLE} connections, SQLite", head, rows))
        print(f"\nMemory of a worker afterwards: {memory} MB, target 250 {figures.verdict(memory, 250)}")


def _content() -> list[tuple[str, str, float]]:
    from studios.models import StudioIndexPage
    from tests.factories.kb import make_method
    from tests.factories.studios import make_studio

    start = time.monotonic()
    studio = make_studio()
    methods = [make_method(studio=studio, steps=8) for _ in range(METHODS)]
    print(f"{METHODS} methods released in {time.monotonic() - start:.1f} s", flush=True)
    return [
        ("method page, 8 steps", methods[0].get_url(), 12),
        ("studio page, 40 methods", studio.page.get_url(), 25),
        ("list of studios", StudioIndexPage.objects.get().get_url(), 25),
        ("list of methods", "/methods/", 25),
        ("start page", "/", 25),
    ]


if __name__ == "__main__":
    main()
