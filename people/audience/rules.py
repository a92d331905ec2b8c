"""Audiences as plain values: tokens, canonical form, who satisfies what. No Django here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Set

PUBLIC = "public"
SIGNED_IN = "signed-in"
READ_ALL = "read-all"

TOKEN_KINDS = ("unit", "studio", "role", "person", "group")

Clauses = tuple[tuple[str, ...], ...]


def token(kind: str, key: object) -> str:
    """`unit:7`, `role:hr` …; raises ValueError for an unknown kind."""
    if kind not in TOKEN_KINDS:
        raise ValueError(f"unknown kind of token: {kind}")
    return f"{kind}:{key}"


def canonical(clauses: Iterable[Iterable[str]]) -> Clauses:
    """Sorted, without repeats, without clauses that everybody meets or that a narrower one implies."""
    sets = {frozenset(clause) for clause in clauses}
    sets = {clause for clause in sets if PUBLIC not in clause}
    kept = [c for c in sets if not any(other < c for other in sets)]
    return tuple(sorted(tuple(sorted(clause)) for clause in kept))


def digest(clauses: Clauses) -> str:
    """The key under which canonical clauses are stored once."""
    return hashlib.sha256(json.dumps(clauses, ensure_ascii=True).encode()).hexdigest()


def satisfies(clauses: Iterable[Iterable[str]], tokens: Set[str]) -> bool:
    """True where the reader's tokens meet every clause. An empty clause is met by nobody but those who read all."""
    if READ_ALL in tokens:
        return True
    return all(not tokens.isdisjoint(clause) for clause in clauses)
