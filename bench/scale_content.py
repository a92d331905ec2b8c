"""Pieces by the hundred thousand that are made again whenever they are asked for, and somebody who searches without end."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from search.analysis.dictionary import house_words
from search.engines.contract import Engine, EngineUnavailable, SearchRequest
from search.registry import Passage, Piece

PASSAGES_EACH = 10
TITLE_WORDS, PASSAGE_WORDS = 5, 30
WORDS = 8_000
BETWEEN_SEARCHES = 0.05


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[str], list[float]]:
    """Real words, so that a corpus's new words become fewer; the n-th is used about 1/n as often as the first (Zipf)."""
    from pypinyin.phrases_dict import phrases_dict

    known = [word for word in phrases_dict if len(word) in {2, 3}]
    random.Random(20).shuffle(known)
    words = ["的", "了", "和", "在", *known[:150], *house_words(), "锅", "高压锅", *known[150:WORDS]]
    return words, list(accumulate(1 / (rank + 5) for rank in range(len(words))))


def _text(chance: random.Random, words: int) -> str:
    vocabulary, weights = _vocabulary()
    picked = chance.choices(vocabulary, cum_weights=weights, k=words)
    return "".join(word + chance.choice(("", "", "", "", "，", "。")) for word in picked)


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
