"""Sets of queries made from the demo's own texts by rule: what no person wrote, but many at once and without taste.

A seed decides everything; every second case is held out (`held`), nothing was tuned on those.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from bench.relevance.gold import Judged, gold
from search.analysis import dictionary
from search.analysis.normal import norm
from search.analysis.runs import HAN
from search.registry import Passage, Piece

SEED = 20
MISSPELT_MOST = 160
SYNONYMS = Path(__file__).with_name("synonyms.yaml")
_QUANTITY = re.compile(r"\d+(?:\.\d+)? ?(?:MPa|mm|kV|℃|mg/m³|N·m|MΩ|km/h|公里|毫米|分钟|小时)(?![A-Za-z])")
_SPOKEN = {
    "MPa": "兆帕", "mm": "毫米", "kV": "千伏", "℃": "摄氏度", "mg/m³": "毫克每立方米", "N·m": "牛米",
    "MΩ": "兆欧", "km/h": "公里每小时", "公里": "km", "毫米": "mm", "分钟": "min", "小时": "h",
}  # fmt: skip


def named(piece: Piece) -> str:
    """How a piece is called among the expected ones."""
    return f"{piece.kind}/{piece.key}"


def split(set_name: str, cases: Iterable[tuple[str, tuple[str, ...], str]]) -> list[Judged]:
    """Judged queries of (text, expected, place), half of them held, in an order that the seed decides."""
    ordered = sorted(set(cases))
    random.Random(SEED).shuffle(ordered)
    return [
        Judged("generated", f"{set_name}{number:03d}", set_name, text, expect, place, held=bool(number % 2))
        for number, (text, expect, place) in enumerate(ordered)
    ]


# --- headings


def heading_of(passage: Passage) -> str:
    """The heading of a step or a section, which is the first line of its text; "" where it has none."""
    first = passage.text.split("\n", 1)[0].strip()
    return first if passage.locator and "\n" in passage.text and passage.label.endswith(first) else ""


def headings(pieces: Sequence[Piece]) -> list[Judged]:
    """Each heading, as it stands: the page that has it, at that place."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for piece in pieces:
        for passage in piece.passages:
            heading = heading_of(passage)
            if heading and 2 <= len(heading) <= 24:
                owners.setdefault(norm(heading), []).append((heading, f"{named(piece)}|{passage.locator}"))
    cases = []
    for found in owners.values():
        # A heading that several pages have asks for none of them in particular.
        if len(found) == 1:
            heading, place = found[0]
            cases.append((heading, (place.split("|")[0],), place.split("|")[1]))
    return split("heading", cases)


def without_headings(piece: Piece) -> Piece:
    """The piece with every heading taken out of its passages and their labels."""
    return dataclasses.replace(piece, passages=tuple(_bare(passage) for passage in piece.passages))


def _bare(passage: Passage) -> Passage:
    if not heading_of(passage):
        return passage
    return dataclasses.replace(passage, label="", text=passage.text.split("\n", 1)[1])


# --- misspelt words


def misspelt(pieces: Sequence[Piece]) -> list[Judged]:
    """Words of titles and terms with one character replaced by another of the same sound, that no text has."""
    everything = "\n".join(norm(f"{piece.title}\n{piece.text}") for piece in pieces)
    chance = random.Random(SEED)
    cases = []
    for word in sorted(_title_words(pieces)):
        expect = tuple(sorted(named(piece) for piece in pieces if word in norm(f"{piece.title}\n{piece.text}")))
        places = list(range(len(word)))
        chance.shuffle(places)
        for at in places:
            others = [char for char in _homophones(word[at]) if word[:at] + char + word[at + 1 :] not in everything]
            if others:
                cases.append((word[:at] + chance.choice(others) + word[at + 1 :], expect, ""))
                break
    chance.shuffle(cases)
    return split("misspelt", cases[:MISSPELT_MOST])


def _title_words(pieces: Sequence[Piece]) -> set[str]:
    """Words of two to five characters in titles, and the house's words that texts have."""
    runs = {run for piece in pieces for run in HAN.findall(norm(piece.title))}
    cut = {word for run in runs for word in dictionary.current().search_words(run)}
    text = "\n".join(norm(piece.text) for piece in pieces)
    house = {norm(word) for word in dictionary.house_words() if norm(word) in text}
    return {word for word in {*runs, *cut, *house} if 2 <= len(word) <= 5 and HAN.fullmatch(word)}


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    """The 3,755 commonest characters (level 1 of GB 2312) by their sound without tone."""
    from search.suggest.sounds import sound_of

    found: dict[str, list[str]] = {}
    for first in range(0xB0, 0xD8):
        for second in range(0xA1, 0xFF):
            if (first, second) < (0xD7, 0xFA):
                char = bytes([first, second]).decode("gb2312")
                found.setdefault(sound_of(char), []).append(char)
    return found


def _homophones(char: str) -> list[str]:
    from search.suggest.sounds import sound_of

    return [other for other in _by_sound().get(sound_of(char), []) if other != char]


# --- other words for the same thing


def synonym_groups() -> list[dictionary.Synonyms]:
    """The groups of words that editors of these studios would declare."""
    rows = yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))["groups"]
    return [dictionary.Synonyms(tuple(words)) for words in rows]


def synonyms() -> list[Judged]:
    """Judged queries with one word replaced by another of its group."""
    cases = []
    for judged in gold():
        if judged.group in ("sound", "pinyin", "quote", "syn"):
            continue
        plain = norm(judged.text)
        for group in synonym_groups():
            words = [norm(word) for word in group.words]
            if words[0] in plain:
                cases += [
                    (plain.replace(words[0], other), judged.expect, judged.place)
                    for other in words[1:]
                    if other not in plain
                ]
    return split("synonym", cases)


# --- quantities


def quantities(pieces: Sequence[Piece]) -> list[Judged]:
    """Quantities of the texts with unit, each in three other spellings: the pieces that have it as it stands."""
    texts = {named(piece): f"{piece.title}\n{piece.text}" for piece in pieces}
    found = {match for text in texts.values() for match in _QUANTITY.findall(text)}
    cases = []
    for quantity in found:
        exact = re.compile(rf"(?<![\d.]){re.escape(quantity)}(?![A-Za-z])")
        expect = tuple(sorted(name for name, text in texts.items() if exact.search(text)))
        cases += [(variant, expect, "") for variant in _variants(quantity) if variant != quantity]
    return split("quantity", cases)


def _variants(quantity: str) -> Iterator[str]:
    number, unit = re.fullmatch(r"([\d.]+) ?(.+)", quantity).groups()
    yield f"{number} {unit}" if " " not in quantity else f"{number}{unit}"
    yield "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in f"{number}{unit}")
    yield f"{number}{_SPOKEN[unit]}"
