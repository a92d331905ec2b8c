"""What a query is in the words of the embedded engine: expressions of SQLite FTS5, and what they cannot say."""

# ruff: noqa: S608 - what is put into statements are names of indexes, checked by `checked_name`; values are parameters

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.query import Query
from search.analysis.runs import LONGEST_TOKEN, bigrams, is_han, runs
from search.analysis.telling_characters import rare_characters
from search.engines.embedded_store import Connection
from search.engines.telling import most_telling, own_weights, told_weights

# More spellings than this: the text itself is read instead of asking for each.
MOST_LATIN_WORDS = 300


@dataclass(frozen=True, slots=True)
class Match:
    """`expression`: for MATCH, "" for every piece. `literal`: what title or body must contain besides.

    `unwanted`: what neither may contain. `nothing`: there can be no hit, nobody need look. `ranked`: the part of the
    expression whose hits go first and that FTS5 ranks by, "" for all of it.
    """

    expression: str = ""
    literal: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    nothing: bool = False
    ranked: str = ""


def literal_match(connection: sqlite3.Connection, index: str, query: Query) -> Match:
    """Pieces that literally contain what the query requires: no more and no fewer than plain `in` finds."""
    parts: list[str] = []
    literal: list[str] = []
    for chunk in query.required:
        found = [_part(connection, index, match.group()) for match in runs(chunk)]
        if None in found:
            return Match(nothing=True)
        parts += filter(None, found)
        if not (_is_one_run(chunk) and found[0]):
            literal.append(chunk)
    return without(connection, index, query, Match(" AND ".join(parts), tuple(literal)))


def without(connection: sqlite3.Connection, index: str, query: Query, match: Match) -> Match:
    """The match without the pieces that contain what is to be left out."""
    parts: list[str] = []
    unwanted: list[str] = []
    for chunk in query.excluded:
        part = _part(connection, index, chunk) if _is_one_run(chunk) and match.expression else ""
        if part:
            parts.append(part)
        elif part is not None:
            unwanted.append(chunk)
    if parts:
        apart = f"NOT ({' OR '.join(parts)})"
        ranked = f"({match.ranked}) {apart}" if match.ranked else ""
        match = dataclasses.replace(match, expression=f"({match.expression}) {apart}", ranked=ranked)
    return dataclasses.replace(match, unwanted=tuple(unwanted))


def _is_one_run(chunk: str) -> bool:
    return [match.group() for match in runs(chunk)] == [chunk]


def _part(connection: sqlite3.Connection, index: str, run: str) -> str | None:
    """An expression for the pieces with this run; "" where there is none, None where no piece can have it."""
    if not is_han(run):
        return _latin_part(connection, index, run)
    # Pairs of neighbours in order are the run itself; the last character of each stored run stands alone
    # between it and the next, so no phrase reaches over a gap, and a prefix finds one character anywhere.
    return f'"{run}" *' if len(run) == 1 else '"{}"'.format(" ".join(bigrams(run)))


def _latin_part(connection: sqlite3.Connection, index: str, run: str) -> str | None:
    """The stored Latin words that contain the run; "" where they are too many or cut, None where there are none."""
    if len(run) >= LONGEST_TOKEN:
        return ""
    rows = connection.execute(
        f'SELECT word FROM "{index}.latin" WHERE instr(word, ?) LIMIT ?', [run, MOST_LATIN_WORDS + 1]
    ).fetchall()
    if not rows:
        return None
    return "" if len(rows) > MOST_LATIN_WORDS else "({})".format(" OR ".join(f'"{word}"' for (word,) in rows))


def term_weights(connection: Connection, index: str, query: Query, pieces: int) -> dict[str, float]:
    """Terms of a question that the index knows, with their weight: how telling they are, less for other words."""
    own = own_weights(query)
    known = connection.known_frequencies()
    new = [term for term in own if (index, term) not in known]
    if new:
        # FTS5 counts a term's pieces by walking through them all: dear for exactly the terms that many ask for.
        marks = ",".join("?" * len(new))
        rows = connection.execute(f'SELECT term, doc FROM "{index}.vocabulary" WHERE term IN ({marks})', new)
        known.update({(index, term): 0 for term in new} | {(index, term): count for term, count in rows})
    return told_weights(own, {term: known[index, term] for term in own}, pieces)


def ranked_match(weights: dict[str, float], pieces: int, characters: tuple[str, ...] = ()) -> Match:
    """Pieces that contain any of the terms or two rare ones of the characters; in a large index the most telling terms."""
    terms = " OR ".join(f'"{term}"' for term in most_telling(weights, pieces))
    parts = [*filter(None, [terms]), *_two_of(rare_characters(characters))]
    return Match(" OR ".join(parts), ranked=terms, nothing=not parts)


def _two_of(characters: tuple[str, ...]) -> Iterator[str]:
    """Expressions for the pieces with two of the characters; each prefix is dear, so it stands in as few as can be."""
    # A stored run's pairs and its last character: a prefix finds one character wherever it stands.
    stand = [f'"{char}" *' for char in characters]
    for number, one in enumerate(stand[:-1], start=1):
        yield f"({one} AND ({' OR '.join(stand[number:])}))"
