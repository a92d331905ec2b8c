"""Pieces for the tests of engines: a few by hand, thousands by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from search.engines.contract import Change, Engine, Found, SearchRequest
from search.registry import Passage, Piece

_STOCK = (
    "斗轮堆取料机操作时先检查轴承温度再按照先进操作法逐项确认安全阀压力带压堵漏的木塞必须浸油高压锅炉蒸汽管道阀门"
    "密封面泄漏处理叉车作业氧化铝工作经验总结焊接坡口打磨减速机联轴器对中找正倒闸操作票绝缘手套验电接地线"
)
_LATIN = ["YJV-22", "10kV", "0.6MPa", "Q345B", "C++", "DN50"]


def piece(key: str, title: str, *texts: str, **facts: Any) -> Piece:
    """A piece with a passage `step:<n>` a text; audience 1, kind `method`, where nothing else is said."""
    passages = tuple(Passage(f"step:{number}", f"第{number}步", text) for number, text in enumerate(texts, start=1))
    return Piece(
        kind=facts.pop("kind", "method"), key=key, title=title, passages=facts.pop("passages", passages),
        audience=facts.pop("audience", 1), url=f"/{key}/", **facts,
    )  # fmt: skip


def change(one: Piece, version: int = 1) -> Change:
    """That piece wanted at that version."""
    return Change(one.kind, one.key, version, one, f"hash-{one.key}-{version}")


def gone(one: Piece, version: int) -> Change:
    """That piece wanted away."""
    return Change(one.kind, one.key, version, None, "")


def put(engine: Engine, index: str, *pieces: Piece, version: int = 1) -> None:
    """Sends pieces and makes them findable; every one must be taken."""
    outcomes = engine.apply(index, [change(one, version) for one in pieces])
    assert [outcome.state for outcome in outcomes] == ["done"] * len(pieces), outcomes
    engine.refresh(index)


def find(engine: Engine, text: str, **request: Any) -> Found:
    """A search as somebody who may see everything, where nothing else is said."""
    return engine.search(SearchRequest(text, request.pop("audiences", None), **request))


def keys(found: Found, *, exact: bool = True) -> list[str]:
    """The keys of the exact hits, or of those beyond."""
    return [hit.key for hit in found.hits if hit.exact is exact]


def generated(count: int, seed: int = 7) -> list[Piece]:
    """Pieces of four steps, random stretches of technical Chinese with punctuation, codes and rare words."""
    chance = random.Random(seed)
    return [
        piece(
            f"{number:06d}", _words(chance, 3), *(_words(chance, 12) for _step in range(4)),
            kind=chance.choice(["method", "case", "qa"]), studio=chance.choice([None, 1, 2, 3]),
            trades=tuple(chance.sample(range(1, 6), chance.randrange(3))), audience=chance.choice([1, 2, 3]),
        )
        for number in range(count)
    ]  # fmt: skip


def _words(chance: random.Random, count: int) -> str:
    parts = []
    for _word in range(count):
        start, length = chance.randrange(len(_STOCK) - 5), chance.randrange(1, 6)
        parts.append(chance.choice(_LATIN) if chance.random() < 0.04 else _STOCK[start : start + length])
        parts.append(chance.choice(["", "", "", "，", "。", " ", "、"]))
    return "".join(parts)


def containing(pieces: Iterable[Piece], word: str) -> list[Piece]:
    """The truth: whose raw title or text has the word in it."""
    return [one for one in pieces if word in one.title or word in one.text]
