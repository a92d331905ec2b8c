"""The viewer in plain values: the place asked for, what of a file is shown at once, boxes of words on a picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis.highlight import spans
from search.analysis.query import Query

# How many places of a kind stand on one page of the viewer.
SHOWN = {"page": 8, "slide": 8, "row": 60, "section": 20, "cue": 80}
# Widths of the stored pictures.
SMALL, LARGE = 320, 1240
# A picture's coordinates are thousandths of its width and height.
SCALE = 1000
# A mark reaches a little over its words, as a marker pen does.
AROUND = 0.12
LONGEST_PLACE = 40


@dataclass(frozen=True, slots=True)
class Box:
    """A mark on a picture, in thousandths of its width and height from its top left."""

    x: int
    y: int
    width: int
    height: int


def place_asked(at: str, page: str, seconds: str) -> tuple[str, str]:
    """The kind and key of the place asked for; ("", "") where none is, or nonsense.

    `at` is a locator (`slide:17`), `page` a number typed by a reader, `seconds` a moment of a film.
    """
    kind, _colon, key = at[:LONGEST_PLACE].partition(":")
    if kind in SHOWN and re.fullmatch(r"[0-9]+\.[0-9]+" if kind == "row" else r"[0-9]+", key):
        return kind, key
    if page.isascii() and page.isdecimal() and len(page) < 7:
        return "", page
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", seconds):
        return "cue", str(int(float(seconds) * 1000))
    return "", ""


def block_of(index: int, size: int, total: int) -> tuple[int, int]:
    """First and last (not included) of the places that stand on a page together with the one at `index`."""
    first = index // size * size
    return first, min(first + size, total)


def boxes(layout: Sequence[Sequence[Any]], query: Query) -> list[Box]:
    """Where the words of a query stand on a picture, by the lines of its layout."""
    text, places = _said(layout)
    found = []
    for start, end in spans(text, query):
        for line, first, last in _by_line(places[start:end]):
            found.append(_box(layout[line], first, last))
    return [box for box in found if box.width and box.height]


def _said(layout: Sequence[Sequence[Any]]) -> tuple[str, list[tuple[int, int]]]:
    """The lines as one text, and of each character its line and place in it.

    Blanks beside Chinese are air that a converter put there, and a line that goes on below ends no word.
    """
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    for number, line in enumerate(layout):
        if number and not (chars and _goes_on(layout[number - 1], line) and _is_wide(chars[-1])):
            chars.append("\n")
            places.append((-1, 0))
        words = str(line[0])
        for index, char in enumerate(words):
            if char == " " and _is_air(words, index):
                continue
            chars.append(char)
            places.append((number, index))
    return "".join(chars), places


def _is_air(words: str, index: int) -> bool:
    beside = words[max(index - 1, 0) : index] + words[index + 1 : index + 2]
    return any(_is_wide(char) for char in beside)


def _goes_on(above: Sequence[Any], line: Sequence[Any]) -> bool:
    """Whether a line stands right below another, as the next of a paragraph."""
    height = above[4] - above[2]
    return bool(0 <= line[2] - above[2] <= 3 * height and line[1] < above[3] and above[1] < line[3])


def _by_line(places: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The stretches of a span, line by line: line, first and last character."""
    found: list[tuple[int, int, int]] = []
    for line, index in ((line, index) for line, index in places if line >= 0):
        if found and found[-1][0] == line:
            found[-1] = (line, found[-1][1], index)
        else:
            found.append((line, index, index))
    return found


def _box(line: Sequence[Any], first: int, last: int) -> Box:
    """The box of some characters of a line: Chinese ones are twice as wide as Latin ones."""
    words, x0, y0, x1, y1 = str(line[0]), *(float(edge) for edge in line[1:5])
    widths = [_width(char) for char in words]
    each = (x1 - x0) / (sum(widths) or 1)
    air = (y1 - y0) * AROUND
    left, right = x0 + each * sum(widths[:first]), x0 + each * sum(widths[: last + 1])
    top, bottom = max(y0 - air, 0.0), min(y1 + air, 1.0)
    return Box(
        round(left * SCALE), round(top * SCALE), round((right - left) * SCALE), round((bottom - top) * SCALE)
    )  # fmt: skip


def _width(char: str) -> float:
    if _is_wide(char):
        return 1.0
    return 0.3 if char in " .,:;'|il" else 0.55


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
