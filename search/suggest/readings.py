"""Readings of Chinese characters and of words that are read otherwise than their characters (重庆 chong qing).

The table is `readings.txt`, written by `python -m scripts.readings` from pypinyin (MIT), whose answers it gives without
tones. pypinyin itself would cost each process some 60 MB and 0.2 s; this costs 3 MB and 30 ms, at the first use.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("readings.txt")
_CODES = 0x33000


@dataclass(frozen=True, slots=True)
class _Table:
    """`char_readings[chars[ord(char)]]` are a character's readings, the usual first; 0 is none.

    `words`: by its first character the rests of all words, ` 庆:chong.qing 任`, where only those have their syllables
    that are read otherwise. The others stand there because they end where they end: 人行 is no word in 行人行道.
    """

    chars: array[int]
    char_readings: tuple[tuple[str, ...], ...]
    words: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    chars, readings, words = array("H", bytes(2 * _CODES)), [()], {}
    with _FILE.open(encoding="utf-8") as lines:
        for line in lines:
            kind, name, told = line.rstrip("\n").split("\t")
            if kind == "#":
                continue
            if kind == "w":
                words[name] = f" {told} "
                continue
            for char in told:
                chars[ord(char)] = len(readings)
            readings.append(tuple(name.split(",")))
    return _Table(chars, tuple(readings), words)


def warm_up() -> None:
    """Reads the table, so that no reader waits for it."""
    _table()


def char_readings(char: str) -> tuple[str, ...]:
    """Every syllable that a character may be, without tones, ü written v, the usual one first; none: itself."""
    table, code = _table(), ord(char)
    return (table.char_readings[table.chars[code]] if code < _CODES else ()) or (char,)


def syllables_of(run: str) -> list[str]:
    """A syllable for each character, as the longest known words from the left on are read."""
    words = _table().words
    found: list[str] = []
    at = 0
    while at < len(run):
        end, read = at + 1, ""
        rests = words.get(run[at], "")
        for stop in range(at + 2, len(run) + 1) if rests else ():
            here = rests.find(f" {run[at + 1 : stop]}")
            if here < 0:
                break
            told = _told(rests, run[at + 1 : stop], here)
            if told is not None:
                end, read = stop, told
        found += read.split(".") if read else [char_readings(char)[0] for char in run[at:end]]
        at = end
    return found


def _told(rests: str, rest: str, here: int) -> str | None:
    """What the words of a first character say of this rest: "" for nothing odd, None where it is no word.

    They stand in order: the word itself comes before those that only begin so.
    """
    start = here + 2 + len(rest)
    after = rests[start - 1]
    if after == ":":
        return rests[start : rests.index(" ", start)]
    return "" if after == " " else None
