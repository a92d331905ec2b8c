"""What one has without analysis of Chinese: the bare `standard` analyzer of Elasticsearch, SQLite's `unicode61`.

Both get the same documents, title and text; both rank by their own BM25 as they come.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from search.registry import Piece

Ask = Callable[[str, str | None], list[tuple[str, str]]]
LOOKED_AT = 10


@contextmanager
def baseline(engine: str, pieces: Sequence[Piece]) -> Iterator[Ask]:
    """The baseline of an engine over these pieces: gives (kind, key) of the first ten for a text and a kind."""
    made = standard if engine == "elasticsearch" else unicode61
    with made(pieces) as ask:
        yield ask


@contextmanager
def unicode61(pieces: Sequence[Piece]) -> Iterator[Ask]:
    """FTS5 as it comes: a run of Chinese characters is one token. Every word asked may do, the title counts twice."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(kind UNINDEXED, key UNINDEXED, title, body)")
    base.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", [(p.kind, p.key, p.title, p.text) for p in pieces])

    def ask(text: str, kind: str | None) -> list[tuple[str, str]]:
        words = " OR ".join('"{}"'.format(word.replace('"', "")) for word in text.split() if word.strip('"'))
        if not words:
            return []
        statement = (
            "SELECT kind, key FROM texts WHERE texts MATCH ? AND (? IS NULL OR kind = ?) "
            "ORDER BY bm25(texts, 0, 0, 2, 1) LIMIT ?"
        )
        return base.execute(statement, [words, kind, kind, LOOKED_AT]).fetchall()

    yield ask
    base.close()


@contextmanager
def standard(pieces: Sequence[Piece]) -> Iterator[Ask]:
    """Elasticsearch as it comes: each Chinese character a token, `multi_match` over title (twice) and text."""
    from search.engines.elastic_client import client

    server: Any = client()
    index = f"evaluate-standard-{secrets.token_hex(4)}"
    text = {"type": "text", "analyzer": "standard"}
    fields = {"kind": {"type": "keyword"}, "key": {"type": "keyword"}, "title": text, "text": text}
    server.indices.create(index=index, mappings={"properties": fields}, settings={"number_of_shards": 1})
    try:
        for piece in pieces:
            server.index(
                index=index,
                document={"kind": piece.kind, "key": piece.key, "title": piece.title, "text": piece.text},
            )
        server.indices.refresh(index=index)

        def ask(asked: str, kind: str | None) -> list[tuple[str, str]]:
            match = {"multi_match": {"query": asked, "fields": ["title^2", "text"]}}
            filters = [{"term": {"kind": kind}}] if kind else []
            found = server.search(
                index=index,
                query={"bool": {"must": [match], "filter": filters}},
                size=LOOKED_AT,
                source=["kind", "key"],
            )
            return [(hit["_source"]["kind"], hit["_source"]["key"]) for hit in found["hits"]["hits"]]

        yield ask
    finally:
        server.indices.delete(index=index)
