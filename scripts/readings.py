"""Writes search/suggest/readings.txt: the readings of characters and words, without tones, from pypinyin.

    python -m scripts.readings

Run it again after another version of pypinyin was locked; tests/search/suggest/test_readings.py says when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "search" / "suggest" / "readings.txt"


def lines() -> Iterator[str]:
    """The table, a line at a time: characters by their readings, then words by their first character."""
    from pypinyin import Style, __version__, lazy_pinyin, pinyin
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    from search.analysis.normal import norm
    from search.analysis.runs import HAN

    yield f"#\tpypinyin {__version__} (MIT)\twithout tones; w: words by first character, those read otherwise with syllables"
    usual: dict[str, str] = {}
    alike: dict[str, list[str]] = defaultdict(list)
    for char in filter(HAN.fullmatch, map(chr, sorted(PINYIN_DICT))):
        ways = pinyin(char, style=Style.NORMAL, heteronym=True, errors=list)[0]
        ways = list(dict.fromkeys(way.replace("ü", "v") for way in [*lazy_pinyin(char), *ways]))
        usual[char] = ways[0]
        alike[",".join(ways)].append(char)
    for read, chars in sorted(alike.items()):
        yield f"c\t{read}\t{''.join(chars)}"
    words: dict[str, list[str]] = defaultdict(list)
    for word in sorted(PHRASES_DICT):
        # Texts are read in one spelling: a word that has another never stands there.
        if len(word) > 1 and HAN.fullmatch(word) and norm(word) == word:
            read = [sound.replace("ü", "v") for sound in lazy_pinyin(word, errors=list)]
            odd = len(read) == len(word) and read != [usual.get(char, char) for char in word]
            words[word[0]].append(f"{word[1:]}:{'.'.join(read)}" if odd else word[1:])
    for first, rests in sorted(words.items()):
        yield f"w\t{first}\t{' '.join(rests)}"


if __name__ == "__main__":
    TARGET.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
