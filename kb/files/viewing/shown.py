"""One place of a file as a reader is shown it: its words marked, its picture with boxes, its cells, its cues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kb.files.reading.labels import part_label
from kb.files.reading.models import FilePart, PartKind
from kb.files.reading.rules import clock
from kb.files.viewing.rules import Box, boxes
from people.script.rules import script_guess
from search.analysis.highlight import spans
from search.analysis.query import Query
from search.marking import marked_html
from search.rules import Marked, Spans, fragment

# As the extractor of slides writes them behind the slide's own words.
NOTES = "备注："
PATH = " › "


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row under its column's name."""

    name: str
    value: SafeString


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from a moment on; `here` where the film opens."""

    ms: int
    clock: str
    words: SafeString
    here: bool


@dataclass(slots=True)
class Shown:
    """A place. `here`: the one that was opened; `is_hit`: one of the places with the words asked for."""

    part: FilePart
    label: str
    anchor: str
    here: bool
    is_hit: bool
    heading: str = ""
    above: str = ""
    text: SafeString = SafeString("")
    notes: SafeString = SafeString("")
    boxes: list[Box] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    @property
    def script(self) -> str:
        """The script in which its words are written."""
        return script_guess(self.part.text or self.part.title)


def shown(part: FilePart, query: Query, *, here: bool, is_hit: bool, at_ms: int | None = None) -> Shown:
    """A place with the words of the query marked wherever they stand."""
    made = Shown(part, part_label(part), fragment(part.locator), here, is_hit)
    if part.kind == PartKind.ROW:
        made.cells = list(_cells(part, query))
    elif part.kind == PartKind.CUE:
        made.cues = list(_cues(part, query, at_ms))
    else:
        _words(made, query)
        if part.picture and part.layout and not query.empty:
            made.boxes = boxes(part.layout, query)
    return made


def _words(made: Shown, query: Query) -> None:
    text, part = made.part.text, made.part
    notes = ""
    if part.kind == PartKind.SLIDE:
        text, notes = notes_parted(text)
    if part.title:
        above, _parting, made.heading = part.title.rpartition(PATH)
        made.above = above
        text = text.removeprefix(made.heading).lstrip("\n")
    made.text, made.notes = paragraphs(text, query), paragraphs(notes, query)


def notes_parted(text: str) -> tuple[str, str]:
    """A slide's own words, and the speaker's notes."""
    if text.startswith(NOTES):
        return "", text.removeprefix(NOTES)
    own, parting, notes = text.rpartition(f"\n{NOTES}")
    return (own, notes) if parting else (text, "")


def paragraphs(text: str, query: Query) -> SafeString:
    """A paragraph a line, escaped, with marks; a word that is cut by the end of a line is not."""
    if not text:
        return SafeString("")
    marked = spans(text, query)
    lines = ((marked_html(line),) for line in _lines(text, marked) if line.text.strip())
    return format_html_join("", "<p>{}</p>", lines)


def _lines(text: str, marked: Spans) -> Iterator[Marked]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = ((max(left, start), min(right, end)) for left, right in marked if left < end and right > start)
        yield Marked(line, tuple((left - start, right - start) for left, right in inside))
        start = end + 1


def _cells(part: FilePart, query: Query) -> Iterator[Cell]:
    for name, value in part.layout or [["", part.text]]:
        yield Cell(name, marked(value, query))


def _cues(part: FilePart, query: Query, at_ms: int | None) -> Iterator[Cue]:
    cues = part.layout or [[part.text, part.start_ms or 0, part.end_ms or 0]]
    for words, start, end in cues:
        here = at_ms is not None and (start <= at_ms < end or start == at_ms)
        yield Cue(start, clock(start), marked(words, query), here)


def marked(text: str, query: Query) -> SafeString:
    """A short text with its marks."""
    return marked_html(Marked(text, spans(text, query)))
