"""Puts what editors pinned before what the engine found."""

from __future__ import annotations

from dataclasses import replace

from people.audience.selectors import AnyUser
from search.analysis.normal import norm
from search.analysis.query import analysed_query
from search.analysis.spelling import stored_text
from search.engines.contract import Found, Hit, SearchRequest
from search.insight.selectors import pinned
from search.registry import Piece

Names = frozenset[tuple[str, str]]


def pins_first(user: AnyUser, request: SearchRequest, found: Found) -> tuple[Found, Names]:
    """The pinned pieces that pass the filters stand first on the first page, once; which ones they are.

    The total stays the engine's: it counts a pinned piece that has the words, and none that has not. Sorted by date
    nothing stands before its date.
    """
    if request.sort != "relevance":
        return found, frozenset()
    pieces = [piece for piece in pinned(user, request.text) if passes(piece, request)]
    if not pieces:
        return found, frozenset()
    names = frozenset((piece.kind, piece.key) for piece in pieces)
    held = {(hit.kind, hit.key): hit for hit in found.hits}
    rest = tuple(hit for name, hit in held.items() if name not in names)
    first = [held.get((piece.kind, piece.key)) or _hit(piece, request.text) for piece in pieces]
    return replace(found, hits=(*first, *rest) if request.offset == 0 else rest), names


def passes(piece: Piece, request: SearchRequest) -> bool:
    """Whether a piece passes the filters of a search."""
    has = {
        "kind": {piece.kind},
        "studio": {piece.studio},
        "trade": set(piece.trades),
        "equipment": set(piece.equipment),
        "year": {piece.date.year} if piece.date else set(),
        "file_type": {piece.file_type},
    }
    return all(value in has[facet] for facet, value in request.chosen.items())


def _hit(piece: Piece, asked: str) -> Hit:
    """A pinned piece that stands further down or was not found: exact where it has the words literally."""
    text = stored_text(norm(f"{piece.title}\n{piece.text}"))
    return Hit(
        kind=piece.kind,
        key=piece.key,
        score=0.0,
        exact=all(chunk in text for chunk in analysed_query(asked).required),
        title=piece.title,
        url=piece.url,
        studio=piece.studio,
        language=piece.language,
        summary=piece.summary,
        date=piece.date,
        facts=piece.facts,
    )
