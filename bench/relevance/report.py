"""The figures as tables, what changed since the last run, which bounds are missed, and the page for readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "relevance.md"
_BETWEEN = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)
PARTS = {"old": "old", "tune": "tuning half", "held": "held out"}

# What must not be lost: (set, part, figure, bound).
BOUNDS = (
    ("judged", "old/all", "r1", 0.90),
    ("judged", "old/all", "r10", 0.97),
    ("judged", "tune/all", "r1", 0.85),
    ("judged", "held/all", "r1", 0.85),
    ("judged", "held/all", "r10", 0.95),
    ("headings", "held/all", "r1", 0.90),
    ("misspelt words", "held/all", "r1", 0.90),
    ("quantities", "held/all", "r10", 0.95),
    ("synonyms known", "held/all", "r10", 0.95),
    ("texts Simplified, queries Traditional", "held/all", "r1", 0.85),
    ("texts Traditional, queries Simplified", "held/all", "r1", 0.85),
)
PLACES_BOUND = 0.85

Run = Mapping[str, Any]


def tables(runs: Mapping[str, Run]) -> str:
    """Two tables: the judged queries by group, every set by part; both with the baseline's first hits beside them."""
    groups = [row for engine, run in runs.items() for row in _rows(engine, run, {"judged"}, whole=False)]
    sets = [row for engine, run in runs.items() for row in _rows(engine, run, set(run["sets"]), whole=True)]
    head = ["engine", "set", "part", "queries", "r@1", "r@10", "MRR", "place", "baseline r@1", "baseline r@10"]
    return figures.table("Every set", head, sets) + "\n" + figures.table("The judged queries by group", head, groups)


def _rows(engine: str, run: Run, sets: set[str], *, whole: bool) -> Iterator[list[str]]:
    for name, parts in run["sets"].items():
        for part, told in parts.items():
            where, group = part.split("/")
            if name not in sets or (group == "all") != whole:
                continue
            # The page and the corpus find the same; the baseline was asked beside the corpus.
            bare = run["baseline"].get("judged, in a corpus" if name == "judged" else name, {}).get(part, {})
            placed = f"{told['placed']}/{told['places']}" if "places" in told else ""
            yield [
                engine, name if whole else group, PARTS[where], str(told["queries"]),
                *(f"{told[figure]:.3f}" for figure in ("r1", "r10", "mrr")), placed,
                *(f"{bare[figure]:.3f}" if bare else "" for figure in ("r1", "r10")),
            ]  # fmt: skip


def changes(before: Run, after: Run) -> str:
    """One line for each query whose rank or place is not what it was in the stored run."""
    lines = ["", "## Since the stored run"]
    for name, queries in after["queries"].items():
        known = before.get("queries", {}).get(name, {})
        for query, (text, rank, placed) in queries.items():
            if query not in known or known[query][0] != text:
                continue
            _text, old_rank, old_placed = known[query]
            if (rank, placed) != (old_rank, old_placed):
                now, then = (rank or 99, placed is False), (old_rank or 99, old_placed is False)
                word = "better" if now < then else "worse"
                lines.append(f"{word}: {name} {query} {text}: rank {old_rank} → {rank}, place {old_placed} → {placed}")
    return "\n".join(lines if len(lines) > 2 else [*lines, "nothing changed" if before else "there was none"])


def missed(run: Run) -> list[str]:
    """The bounds that are not kept, a line each."""
    found = []
    for name, part, figure, bound in BOUNDS:
        value = run["sets"][name][part][figure]
        if value < bound:
            found.append(f"MISSED: {name} {part} {figure} {value:.3f} < {bound}")
    for part in ("old/all", "tune/all", "held/all"):
        told = run["sets"]["judged"][part]
        if told["placed"] < PLACES_BOUND * told["places"]:
            found.append(f"MISSED: judged {part} places {told['placed']}/{told['places']} < {PLACES_BOUND}")
    return found


def as_lines(run: Run) -> str:
    """The run as JSON with a line for each query, so that a change of it reads as one."""
    sets = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {{\n"
        + ",\n".join(f"{json.dumps(key)}: {json.dumps(told, ensure_ascii=False)}" for key, told in queries.items())
        + "\n}"
        for name, queries in run["queries"].items()
    )
    rest = {key: value for key, value in run.items() if key != "queries"}
    return json.dumps(rest, ensure_ascii=False)[:-1] + ',\n"queries": {\n' + sets + "\n}}\n"


def page_write(runs: Mapping[str, Run]) -> None:
    """Puts the tables of the stored runs into the page for readers."""
    text = PAGE.read_text(encoding="utf-8")
    shown = tables({engine: run for engine, run in runs.items() if run}).strip()
    PAGE.write_text(_BETWEEN.sub(lambda match: f"{match[1]}{shown}\n{match[2]}", text), encoding="utf-8")
