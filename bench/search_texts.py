"""Generated pages and questions for measuring search: steady by a seed, words as uneven as in real texts."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import accumulate

from search.analysis.dictionary import house_words
from search.registry import Passage, Piece

SHORT = ("操作法", "安全阀", "锅", "堵漏", "先进操作法", "师带徒")
# Ten thousand characters of each: operators of other searches, quotes, minuses, what NFKC unfolds, numbers, nothing.
HOSTILE = tuple(
    part * (10_000 // len(part))
    for part in (
        "“", '"', " -堵", "“堵漏” ", "-“堵漏”", " AND OR NOT NEAR(a b)", "title:*^2~ ", "((((", "[a-z]+(.*)+$",
        "'; DROP TABLE x; --", '{"match_all":{}}', "😀", "\x00", "\ud800", "\ufdfa", "e\u0301", "锅 ", "堵漏", "三千五百",
        "0.6 ", "1,000", "a 1 ", "1×", "百分之", " ",
    )
)  # fmt: skip
_WORDS = 8_000
_CHARACTERS = 1_500
_STEPS = 5
_STEP_WORDS = 45


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words of one to three characters, the n-th used about 1/n as often as the first (Zipf)."""
    chance = random.Random(20)
    characters = [chr(0x4E00 + chance.randrange(20_900)) for _number in range(_CHARACTERS)]
    made = ["".join(chance.choices(characters, k=chance.choice((1, 2, 2, 2, 3)))) for _number in range(_WORDS)]
    words = [*made[:150], *house_words(), "锅", "高压锅", *made[150:]]
    return words, list(accumulate(1 / (rank + 5) for rank in range(len(words))))


def pieces(count: int, audience: int, seed: int = 1) -> list[Piece]:
    """Pages of five steps, some 470 characters each."""
    chance = random.Random(seed)
    return [
        Piece(
            kind=chance.choice(("method", "case", "qa")), key=f"{number:07d}", title=_text(chance, 5),
            passages=tuple(Passage(f"step:{step}", f"第{step}步", _text(chance, _STEP_WORDS)) for step in range(_STEPS)),
            audience=audience, url=f"/{number}/", studio=chance.randrange(1, 8), trades=(chance.randrange(1, 6),),
        )
        for number in range(count)
    ]  # fmt: skip


def questions(of: list[Piece], count: int, seed: int = 2) -> list[str]:
    """Questions of 12 to 25 characters, each about one of the pages."""
    chance = random.Random(seed)
    made = []
    for _number in range(count):
        text = chance.choice(chance.choice(of).passages).text
        start = chance.randrange(max(1, len(text) - 30))
        made.append(
            f"{text[start : start + chance.randrange(12, 25)]}{chance.choice(('是什么？', '怎么办？', '吗？', '要多久？'))}"
        )
    return made


def _text(chance: random.Random, words: int) -> str:
    vocabulary, weights = _vocabulary()
    picked = chance.choices(vocabulary, cum_weights=weights, k=words)
    return "".join(word + chance.choice(("", "", "", "", "，", "。")) for word in picked)
