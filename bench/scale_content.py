"""Pieces by the hundred thousand that are made again whenever they are asked for, and somebody who searches without end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.search_texts import _text
from search.engines.contract import Engine, EngineUnavailable, SearchRequest
from search.registry import Passage, Piece

PASSAGES_EACH = 10
TITLE_WORDS, PASSAGE_WORDS = 5, 30
BETWEEN_SEARCHES = 0.05


class Generated:
    """A searchable of the registry: every piece follows from its key, so memory holds none of them.

    `edits`: words that were put into titles since, by key. `spent`: seconds that making pieces took.
    """

    kind = "bench"
    label = "measured"

    def __init__(self, count: int, audience: int) -> None:
        self.count, self.audience = count, audience
        self.edits: dict[str, str] = {}
        self.spent = 0.0

    def keys(self) -> Iterator[str]:
        """All keys in order."""
        return (f"{number:07d}" for number in range(self.count))

    def build(self, key: str) -> Piece | None:
        """One piece."""
        return self.build_many([key]).get(key)

    def build_many(self, keys: Sequence[str]) -> dict[str, Piece]:
        """Pieces of ten passages of some 65 characters each."""
        begun = time.perf_counter()
        made = {key: self._made(key) for key in keys if int(key) < self.count}
        self.spent += time.perf_counter() - begun
        return made

    def _made(self, key: str) -> Piece:
        chance = random.Random(int(key))
        title = _text(chance, TITLE_WORDS) + self.edits.get(key, "")
        passages = tuple(
            Passage(f"step:{step}", f"第{step}步", _text(chance, PASSAGE_WORDS)) for step in range(PASSAGES_EACH)
        )
        return Piece(
            kind=self.kind, key=key, title=title, passages=passages, audience=self.audience, url=f"/{key}/",
            studio=chance.randrange(1, 40), trades=(chance.randrange(1, 12),),
        )  # fmt: skip


def words_of(made: Generated, count: int) -> list[str]:
    """Questions of 12 to 25 characters, each from a text that is there."""
    chance = random.Random(3)
    asked = []
    for _number in range(count):
        piece = made.build(f"{chance.randrange(made.count):07d}")
        assert piece is not None
        text = chance.choice(piece.passages).text
        start = chance.randrange(max(1, len(text) - 25))
        asked.append(f"{text[start : start + chance.randrange(12, 25)]}怎么办？")
    return asked


def megabytes() -> int:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 1_000_000


class Asking:
    """A thread that asks for a word until the block ends: how often, what failed, the fewest hits."""

    def __init__(self, engine: Engine, word: str, audience: int) -> None:
        self._engine, self._request = engine, SearchRequest(word, frozenset({audience}), limit=10)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self._times: list[float] = []
        self.failed: list[str] = []
        self.first = engine.search(self._request).total
        self.fewest = self.first

    @property
    def asked(self) -> int:
        """Searches that were answered."""
        return len(self._times)

    def p95(self) -> float:
        """Seconds."""
        ordered = sorted(self._times) or [0.0]
        return ordered[int(len(ordered) * 0.95)]

    def _ask(self) -> None:
        while not self._stop.wait(BETWEEN_SEARCHES):
            begun = time.perf_counter()
            try:
                self.fewest = min(self.fewest, self._engine.search(self._request).total)
            except EngineUnavailable as error:
                self.failed.append(str(error))
            else:
                self._times.append(time.perf_counter() - begun)

    def __enter__(self) -> Asking:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()
