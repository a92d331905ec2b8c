"""Writes search/analysis/regional.txt: Taiwan's words and the mainland's for the same thing, from OpenCC.

    python -m scripts.regional_words

Asked of the converter itself, a query would be turned into Traditional script first, for which every process holds
some 40 MB. Run it again after another version of OpenCC was locked; tests/search/analysis/test_regional.py says when.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "search" / "analysis" / "regional.txt"
# What the converter tw2sp looks up first, phrases before characters.
_TABLES = ("TWPhrasesRev", "TWVariantsRevPhrases", "TWVariantsRev")
# 什么 is no other region's 什幺.
_LEFT_OUT = {"么"}


def lines() -> Iterator[str]:
    """The table, normalised: a word and the mainland's for it; words alone that keep a part of them from being taken."""
    from opencc import OpenCC

    from search.analysis.normal import norm

    converter = OpenCC("tw2sp")
    found: dict[str, str] = {}
    for word in (word for table in _TABLES for word in sorted(_words(table))):
        found.setdefault(norm(word), norm(converter.convert(word)))
    changed = {word for word, other in found.items() if word != other} - _LEFT_OUT
    for word, other in sorted(found.items()):
        if word in changed:
            yield f"{word}\t{other}"
        elif any(part in word for part in changed):
            yield word


def _words(table: str) -> list[str]:
    """The words that a table of OpenCC's looks up. Its file is a trie behind a short head of its own."""
    import marisa_trie
    import opencc

    data = (Path(opencc.__file__).parent / "clib" / "share" / "opencc" / f"{table}.ocd2").read_bytes()
    words: list[str] = marisa_trie.Trie().frombytes(data[data.index(b"We love Marisa.") :]).keys()
    return words


if __name__ == "__main__":
    TARGET.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
