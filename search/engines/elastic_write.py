"""Sends changes to Elasticsearch so that no late, repeated or interrupted send leaves old text behind.

The passages go first, then their piece: the piece names its passages, so whatever cuts a send short, the next one
knows which passages to remove. Every write and delete carries the change's version as an external version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.analysis.runs import characters
from search.analysis.text import analysed, gram_text
from search.engines.contract import Change, EngineUnavailable, IndexMissing, Outcome
from search.engines.elastic_client import TAKEN_OVER_WITHIN, WRITE_SECONDS
from search.registry import Passage, Piece

Name = tuple[str, str]
# A line that says what is to be done with which document, and the document; none where it is removed.
Action = tuple[dict[str, Any], dict[str, Any] | None]

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONFLICT = 409
_NOT_FOUND = 404
# No fault of what was sent: a node has too much to do, or no node has this part of the index.
_LATER = {429, 503}
# What is read of the answer, a line for each passage.
_TOLD = "took,errors,items.*.status,items.*.error"
_BULK_BYTES = 4 * 1024 * 1024
_BULK_ACTIONS = 5_000


def passages_index(index: str) -> str:
    """The index of the passages that belong to an index of pieces."""
    return f"{index}-passages"


def piece_id(kind: str, key: str) -> str:
    """The identity of a piece inside an index."""
    return f"{kind}:{key}"


class Writer:
    """One call of `apply`. `loose` gives (piece id, passage id) of passages that the index really holds."""

    def __init__(
        self, client: Elasticsearch, index: str, loose: Callable[[list[str]], Iterator[tuple[str, str]]]
    ) -> None:
        self._client = client.options(request_timeout=WRITE_SECONDS)
        self._index = index
        self._loose = loose

    def apply(self, changes: Sequence[Change]) -> list[Outcome]:
        """Writes the changes; each is done, stale or failed."""
        versions, known = self._held(changes)
        return self._written(changes, self._cut(changes, versions, known))

    def _cut(
        self, changes: Sequence[Change], versions: dict[str, int], known: dict[str, set[str]]
    ) -> list[list[Action] | Outcome]:
        """For each change what is to be sent, its piece last, or what became of it already."""
        made: list[list[Action] | Outcome] = []
        for change in changes:
            name = piece_id(change.kind, change.key)
            if versions.get(name, -1) > change.version:
                made.append(Outcome(change.kind, change.key, "stale"))
                continue
            try:
                actions = _passage_actions(self._index, change, known.get(name, set()))
                made.append([*actions, _piece_action(self._index, change)])
            except (TypeError, ValueError) as error:
                made.append(Outcome(change.kind, change.key, "failed", f"{type(error).__name__}: {error}"))
        return made

    def _written(self, changes: Sequence[Change], cut: Sequence[list[Action] | Outcome]) -> list[Outcome]:
        """Sends all passages, then the pieces of those that arrived."""
        outcomes = {number: made for number, made in enumerate(cut) if isinstance(made, Outcome)}
        ready = {number: made for number, made in enumerate(cut) if not isinstance(made, Outcome)}
        failures = self._send({number: actions[:-1] for number, actions in ready.items()}, _harmless_passage)
        pieces = {number: actions[-1:] for number, actions in ready.items() if number not in failures}
        refused = self._send(pieces, _harmless_piece)
        self._take_back([ready[number][:-1] for number, (status, _reason) in refused.items() if status == _CONFLICT])
        for number, change in enumerate(changes):
            if number in failures:
                outcomes[number] = Outcome(change.kind, change.key, "failed", failures[number][1])
            elif number in refused:
                status, reason = refused[number]
                late = status == _CONFLICT
                outcomes[number] = Outcome(
                    change.kind, change.key, "stale" if late else "failed", "" if late else reason
                )
            else:
                outcomes.setdefault(number, Outcome(change.kind, change.key, "done"))
        return [outcomes[number] for number in range(len(changes))]

    def _held(self, changes: Sequence[Change]) -> tuple[dict[str, int], dict[str, set[str]]]:
        """Versions of the pieces that are there, and the ids of their passages: those they name and those that are there."""
        ids = list(dict.fromkeys(piece_id(change.kind, change.key) for change in changes))
        answer = self._client.mget(index=self._index, ids=ids, source_includes=["locators"])
        versions: dict[str, int] = {}
        known: dict[str, set[str]] = {one: set() for one in ids}
        for doc in answer["docs"]:
            if "error" in doc:
                self._refused(doc["error"])
            if doc.get("found"):
                versions[doc["_id"]] = doc["_version"]
                known[doc["_id"]] |= {f"{doc['_id']}:{locator}" for locator in doc["_source"].get("locators", [])}
        for piece, passage in self._loose(ids):
            known[piece].add(passage)
        return versions, known

    def _refused(self, error: dict[str, Any]) -> None:
        """Raises what the cluster says of a piece that it could not look for."""
        if error.get("type") == "index_not_found_exception":
            raise IndexMissing(self._index)
        raise EngineUnavailable(f"{error.get('type')}: {error.get('reason')}")

    def _send(
        self, actions: dict[int, list[Action]], harmless: Callable[[str, int], bool]
    ) -> dict[int, tuple[int, str]]:
        """Sends and gives, for each change that failed, the status and the reason of its first failure.

        Raises EngineUnavailable where one was not taken at all.
        """
        flat = [(number, action) for number, some in actions.items() for action in some]
        answers = streaming_bulk(
            self._client,
            [action for _number, action in flat],
            expand_action_callback=_as_it_is,
            chunk_size=_BULK_ACTIONS,
            max_chunk_bytes=_BULK_BYTES,
            raise_on_error=False,
            raise_on_exception=True,
            max_retries=3,
            initial_backoff=0.5,
            max_backoff=2,
            timeout=TAKEN_OVER_WITHIN,
            filter_path=_TOLD,
        )
        failures: dict[int, tuple[int, str]] = {}
        for (number, _action), (fine, answer) in zip(flat, answers, strict=True):
            ((operation, told),) = answer.items()
            status = int(told.get("status", 0))
            if not fine and not harmless(operation, status):
                error = told.get("error", {})
                reason = error.get("reason", "") if isinstance(error, dict) else str(error)
                if status in _LATER:
                    raise EngineUnavailable(f"{status}: {reason}")
                failures.setdefault(number, (status, f"{status}: {reason}"))
        return failures

    def _take_back(self, late: list[list[Action]]) -> None:
        """A newer send overtook these between two requests: what they wrote last, nobody would ever remove."""
        written = [head["index"] for actions in late for head, _source in actions if "index" in head]
        removals: dict[int, list[Action]] = {number: [({"delete": one}, None)] for number, one in enumerate(written)}
        self._send(removals, _harmless_passage)


def _as_it_is(action: Action) -> Action:
    return action


def _harmless_passage(operation: str, status: int) -> bool:
    """A newer version is there already, or what was to go is gone: its piece decides what became of the change."""
    return status == _CONFLICT or (operation == "delete" and status == _NOT_FOUND)


def _harmless_piece(operation: str, status: int) -> bool:
    return operation == "delete" and status == _NOT_FOUND


def _passage_actions(index: str, change: Change, known: set[str]) -> list[Action]:
    parent = piece_id(change.kind, change.key)
    passages = change.piece.passages if change.piece is not None else ()
    wanted = {f"{parent}:{passage.locator}": (place, passage) for place, passage in enumerate(passages)}
    frame = {"_index": passages_index(index), "version": change.version, "version_type": "external_gte"}
    actions: list[Action] = [({"delete": frame | {"_id": one}}, None) for one in sorted(known - wanted.keys())]
    if change.piece is not None:
        audience = change.piece.audience
        actions += [
            (
                {"index": frame | {"_id": one}},
                _passage_source(parent, audience, change.version, place, passage),
            )
            for one, (place, passage) in wanted.items()
        ]
    return actions


def _passage_source(parent: str, audience: int | None, version: int, place: int, passage: Passage) -> dict[str, Any]:
    return {
        "piece": parent,
        "audience": audience,
        "version": version,
        "place": place,
        "locator": passage.locator,
        "label": _clean(passage.label),
        "text": _clean(passage.text),
        "grams": gram_text(_clean(f"{passage.label}\n{passage.text}")),
    }


def _piece_action(index: str, change: Change) -> Action:
    head = {
        "_index": index,
        "_id": piece_id(change.kind, change.key),
        "version": change.version,
        "version_type": "external_gte",
    }
    if change.piece is None:
        return {"delete": head}, None
    return {"index": head}, _piece_source(change, change.piece)


def _piece_source(change: Change, piece: Piece) -> dict[str, Any]:
    title, body = analysed(_clean(piece.title)), analysed(_clean(piece.text))
    return {
        "name": piece_id(change.kind, change.key),
        "kind": change.kind,
        "key": change.key,
        "version": change.version,
        "content_hash": change.content_hash,
        "audience": piece.audience,
        "studio": piece.studio,
        "trade": sorted(set(piece.trades)),
        "equipment": sorted({_clean(name) for name in piece.equipment}),
        "year": piece.date.year if piece.date else None,
        "file_type": _clean(piece.file_type) or None,
        "date": piece.date.isoformat() if piece.date else None,
        "locators": [passage.locator for passage in piece.passages],
        "title_grams": title.gram_text,
        "title_words": " ".join([*title.words, *title.stems]),
        "title_chars": characters(title.normal),
        "body_grams": body.gram_text,
        "body_words": " ".join([*body.words, *body.stems]),
        "body_chars": characters(body.normal),
        "shown": {
            "title": _clean(piece.title),
            "url": piece.url,
            "language": piece.language,
            "summary": _clean(piece.summary),
            "date": piece.date.isoformat() if piece.date else None,
            "facts": {name: _clean(value) for name, value in piece.facts.items()},
        },
    }


def _clean(text: str) -> str:
    """UTF-8 has no lone surrogates; a broken upload may."""
    return _SURROGATES.sub("\ufffd", text)
