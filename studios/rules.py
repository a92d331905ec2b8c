"""Rules of the studio record as plain Python. Sources: domain S1 (documents 000, 002, 003, 004)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

HONOUR_RANK = {"other": 0, "company": 1, "city": 2, "province": 3, "national": 4}

# From → to; a leader's change is no state. Source: S1 "States".
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "preparing": ("built",),
    "built": ("applying", "preparing"),
    "applying": ("named", "built"),
    "named": ("in_review", "withdrawn"),
    "in_review": ("kept", "withdrawn"),
    "kept": ("in_review", "withdrawn"),
    "withdrawn": ("built",),
}


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a record's completeness is judged on."""

    members: int
    honour_levels: Sequence[str]
    has_plaque: bool
    has_place: bool
    has_rules: bool
    types: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the record still lacks: a code, and the figures for the sentence."""

    code: str
    have: int = 0
    need: int = 0


def official_name(leader_name: str) -> str:
    """The name built from the leader's (冠名): 「张三劳模创新工作室」."""
    return f"{leader_name.strip()}劳模创新工作室"


def in_force(from_date: dt.date, to_date: dt.date | None, today: dt.date) -> bool:
    """True where today lies within the dates, both ends included."""
    return from_date <= today and (to_date is None or today <= to_date)


def is_deputy(from_date: dt.date | None, to_date: dt.date | None, today: dt.date) -> bool:
    """True where a member releases texts for the head today; no dates, no deputy."""
    return from_date is not None and in_force(from_date, to_date, today)


def may_change_state(current: str, wanted: str) -> bool:
    """True where the state may follow the current one; staying is allowed."""
    return current == wanted or wanted in TRANSITIONS[current]


def record_gaps(facts: RecordFacts, *, min_members: int, min_honour: str) -> list[Gap]:
    """What the record lacks under a rule set: 三有 (冠名 is always there) and the leader's eligibility."""
    gaps: list[Gap] = []
    if facts.members < min_members:
        gaps.append(Gap("members", facts.members, min_members))
    if not any(HONOUR_RANK.get(level, 0) >= HONOUR_RANK[min_honour] for level in facts.honour_levels):
        gaps.append(Gap("leader"))
    checks = (("plaque", facts.has_plaque), ("place", facts.has_place), ("rules", facts.has_rules))
    gaps += [Gap(code) for code, present in checks if not present]
    if not facts.types:
        gaps.append(Gap("types"))
    return gaps
