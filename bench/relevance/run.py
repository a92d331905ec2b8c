"""First hits of the gold queries over the demo with its decoys: ``python -m bench.relevance.run [--search-url URL]``.

Ends with 1 where fewer than 90 % of the first hits are right.
"""

from __future__ import annotations

import argparse
import os
import sys
from statistics import median

from bench import figures
from bench.place import place
from bench.relevance import judge

TARGET = 0.9


def main() -> int:
    """Prints the share of right first hits by group, and each query that missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--search-url", default=os.environ.get("SEARCH_URL", ""), help="empty: the embedded engine")
    arguments = parser.parse_args()
    with place(search_url=arguments.search_url):
        from portal.demo.loader.run import demo_load
        from search.engines import get_engine
        from search.sync.drain import drain_all
        from search.sync.indexes import indexes_ensure

        demo_load()
        count = judge.decoys_load()
        indexes_ensure(get_engine())
        drain_all()
        answers = list(judge.ask(judge.gold()))
        print(
            f"{get_engine().name}: {len(answers)} queries, {count} decoys, median {median(a.ms for a in answers):.0f} ms"
        )
    return report(answers)


def report(answers: list[judge.Answer]) -> int:
    """Prints the table and the misses; gives 1 where the target is missed."""
    rows = []
    for group in [*dict.fromkeys(answer.group for answer in answers), "all"]:
        mine = [answer for answer in answers if group in ("all", answer.group)]
        placed = [answer.place_right for answer in mine if answer.place_right is not None]
        rows.append(
            [
                group, len(mine), f"{sum(a.right for a in mine) / len(mine):.1%}",
                f"{sum(1 <= a.rank <= 3 for a in mine) / len(mine):.1%}",
                f"{sum(placed)}/{len(placed)}" if placed else "",
            ]
        )  # fmt: skip
    print(figures.table("First hit right", ["group", "queries", "first", "first three", "right step"], rows))
    for answer in answers:
        if not answer.right or answer.place_right is False:
            print(f"{answer.id}  {answer.text}  rank {answer.rank}  first {answer.first}  step {answer.place_right}")
    share = sum(answer.right for answer in answers) / len(answers)
    print(f"first hit right: {share:.1%}, target {TARGET:.0%}: {'ok' if share >= TARGET else 'MISSED'}")
    return int(share < TARGET)


if __name__ == "__main__":
    sys.exit(main())
