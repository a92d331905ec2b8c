"""What a search says to its engine, said again by itself: the engine's own share of the time, for the very same answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

Replay = Callable[[str], object]


def same_requests(engine: Any, search: Callable[[str], object], texts: Iterable[str]) -> Replay:
    """Asks each text once and keeps what was sent; gives a way to send it again, with nothing made of the answers."""
    recorded = _of_elasticsearch if engine.name == "elasticsearch" else _of_embedded
    return recorded(engine, search, dict.fromkeys(texts))


def _of_elasticsearch(engine: Any, search: Callable[[str], object], texts: Iterable[str]) -> Replay:
    transport, sent = engine._client.transport, dict[str, list[tuple[Any, Any]]]()
    own = transport.perform_request
    for text in texts:
        search(text)  # what an index remembers of itself is not asked again
        requests = sent.setdefault(text, [])

        def perform_request(*where: Any, _requests: list[Any] = requests, **told: Any) -> Any:
            _requests.append((where, told))
            return own(*where, **told)

        transport.perform_request = perform_request
        try:
            search(text)
        finally:
            del transport.perform_request
    return lambda text: [own(*where, **told) for where, told in sent[text]]


def _of_embedded(engine: Any, search: Callable[[str], object], texts: Iterable[str]) -> Replay:
    sent: dict[str, list[str]] = {}
    with engine._store.reading() as connection:
        traced = connection  # one a thread: the search below uses the same
    for text in texts:
        search(text)
        statements = sent.setdefault(text, [])
        traced.set_trace_callback(statements.append)
        try:
            search(text)
        finally:
            traced.set_trace_callback(None)
        # What FTS5 asks its own tables is told as a comment.
        statements[:] = [told for told in statements if told.startswith("SELECT")]
    base = sqlite3.connect(engine._store.path, check_same_thread=False)
    return lambda text: [base.execute(statement).fetchall() for statement in sent[text]]
