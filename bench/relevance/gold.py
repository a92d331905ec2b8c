"""The judged queries: what is typed, which pages ought to come first, and where they ought to open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
# The older set was used while the ranking was tuned; the newer one was written before it was, one half of it held out.
SETS = {"old": "gold.yaml", "new": "gold_spellings.yaml"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged query.

    `expect`: names of pages (slugs) and files (`file:<key of the demo>`), any of which is right as the first hit.
    `place`: where the first of them opens (`step:<n>`, `page:<n>`, `slide:<n>`, `cue:<ms>`, `section:<heading>`).
    `kind`: the filter that the reader has chosen. `held`: not looked at while tuning.
    """

    set: str
    id: str
    group: str
    text: str
    expect: tuple[str, ...]
    place: str = ""
    kind: str | None = None
    held: bool = False

    @property
    def part(self) -> str:
        """Which part of the sets it belongs to: the old one, the new one's tuning half or its held half."""
        return "old" if self.set == "old" else "held" if self.held else "tune"


def gold(*sets: str) -> list[Judged]:
    """The queries of those sets, of all where none is named."""
    return [judged for name in sets or SETS for judged in _read(name)]


def _read(name: str) -> Iterator[Judged]:
    for row in yaml.safe_load((HERE / SETS[name]).read_text(encoding="utf-8"))["queries"]:
        yield Judged(set=name, **{**row, "expect": tuple(row["expect"])})
