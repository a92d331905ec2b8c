"""Writes people/script/characters.txt: the characters that stand in one script only, from OpenCC.

    python -m scripts.script_characters

Asked of the converter itself they would cost every web process some 40 MB, most of them for readers who convert
nothing. Run it again after another version of OpenCC was locked; tests/people/test_script_rules.py says when.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "people" / "script" / "characters.txt"


def lines() -> Iterator[str]:
    """Characters of Simplified texts only, then of Traditional texts only, among the 6,763 of GB 2312."""
    from opencc import OpenCC

    from people.script.rules import CONFIGS, HANT

    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    plain = "".join(code.decode("gb2312", "ignore") for code in codes)
    other = OpenCC(CONFIGS[HANT]).convert("\n".join(plain)).split("\n")
    pairs = [(one, two) for one, two in zip(plain, other, strict=True) if one != two]
    simplified, traditional = {one for one, _two in pairs}, {two for _one, two in pairs}
    yield "".join(sorted(simplified - traditional))
    yield "".join(sorted(traditional - set(plain)))


if __name__ == "__main__":
    TARGET.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
