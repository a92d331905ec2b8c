"""The places of one piece, for a reader who may see it."""

from __future__ import annotations

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from people.errors import NotFound
from search import registry
from search.analysis.query import analysed_query
from search.engines import get_engine
from search.places import Place, address, place_name, place_of
from search.registry import Piece
from search.rules import Marked, query_text


def piece_get_for(user: AnyUser, *, kind: str, key: str) -> Piece:
    """The piece as it is now, from where it is kept and not from the index.

    Raises `NotFound` where there is none and where the reader may not see it: the two look the same.
    """
    searchable = registry.kinds().get(kind)
    piece = searchable.build(key) if searchable else None
    if piece is None or not (reads_all(user) or piece.audience in visible_audience_ids(user)):
        raise NotFound
    return piece


def places_of(user: AnyUser, piece: Piece, text: str, limit: int) -> list[Place]:
    """The places that answer `text` best, or without a text all of them, whole and in reading order.

    Raises EngineUnavailable; only where there is a text to ask.
    """
    asked = query_text(text)
    if not asked:
        return [
            Place(
                place_name(piece.kind, passage.locator, passage.label),
                address(piece.url, "", passage.locator),
                Marked(passage.text),
            )
            for passage in piece.passages[:limit]
        ]
    analysed = analysed_query(asked)
    audiences = None if reads_all(user) else visible_audience_ids(user)
    one = (piece.kind, piece.key)
    hits = get_engine().passages(asked, [one], limit, audiences).get(one, [])
    return [place_of(piece, found, analysed) for found in hits]
