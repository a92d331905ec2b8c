"""What the viewer shows of a file: some places around the one asked for, and the way to all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count
from django.urls import reverse

from kb.files.models import File
from kb.files.reading.labels import part_label
from kb.files.reading.models import FilePart, FileReading, PartKind
from kb.files.reading.rules import clock
from kb.files.viewing.hits import Hits, hits_of
from kb.files.viewing.rules import SHOWN, block_of
from kb.files.viewing.shown import PATH, Shown, shown
from kb.files.viewing.tables import Table, table_of
from people.script.rules import script_guess
from search.analysis.query import Query, analysed_query
from search.places import address

MOST_CONTENTS = 300
MOST_THUMBNAILS = 80
KINDS_FIRST = (PartKind.SECTION, PartKind.SLIDE, PartKind.PAGE, PartKind.ROW, PartKind.CUE)


class Line(NamedTuple):
    """What is known of a place without its words."""

    ordinal: int
    locator: str
    number: int
    sheet: str
    title: str
    start_ms: int | None
    page: int | None
    thumbnail: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. `level` 0 is the highest; `number` of the picture, if it has one.

    `is_named`: the label is the file's own words.
    """

    label: str
    url: str
    level: int
    here: bool
    number: int | None
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A way to other places of the file."""

    label: str
    url: str


@dataclass(slots=True)
class View:
    """A part of a file in the viewer. `first` and `last` count from 1; `at_hit` says which of the hits is opened.

    `led`: the reader came for this place, by its address or by words; else it is only where the file begins.
    """

    kind: str = ""
    parts: list[Shown] = field(default_factory=list)
    total: int = 0
    first: int = 0
    last: int = 0
    at: Shown | None = None
    contents: list[Entry] = field(default_factory=list)
    before: Turn | None = None
    after: Turn | None = None
    hits: Hits = field(default_factory=Hits)
    at_hit: int = 0
    hit_before: Turn | None = None
    hit_after: Turn | None = None
    other: Turn | None = None
    start_ms: int | None = None
    led: bool = False

    @property
    def tables(self) -> list[Table]:
        """The rows by sheet."""
        return [table_of(sheet, list(rows)) for sheet, rows in groupby(self.parts, key=lambda part: part.part.sheet)]

    @property
    def seconds(self) -> str:
        """Where a film begins, as an address has it."""
        return f"{(self.start_ms or 0) / 1000:g}"

    @property
    def script(self) -> str:
        """The script of what is shown, where all of it is written in one: lines of a film, rows of a sheet."""
        return script_guess("".join(part.part.text for part in self.parts))

    @property
    def has_pictures(self) -> bool:
        """Some of what is shown has a picture."""
        return any(part.part.picture for part in self.parts)


def view_of(file: File, reading: FileReading | None, asked: str, place: tuple[str, str]) -> View:
    """The places of a file around `place` (kind and key, as `place_asked` gives it), with the words `asked` marked.

    At most six queries, whatever the file's length.
    """
    kinds = dict(FilePart.objects.filter(file=file).values_list("kind").annotate(Count("pk")).order_by())
    kind = _kind(kinds, place[0])
    if not kind:
        return View()
    query = analysed_query(asked)
    lines = _outline(file, kind)
    stamp = f"{reading.file_hash}:{reading.finished_at}" if reading else ""
    hits = hits_of(file, kind, stamp, query)
    index = _index(lines, place[1], hits)
    first, last = block_of(index, SHOWN[kind], len(lines))
    moment = _moment_asked(place, lines[index], hits)
    view = View(kind, total=len(lines), first=first + 1, last=last, hits=hits, start_ms=moment)
    view.led = bool(place[1] or hits.ordinals)
    view.parts = _parts(file, lines[first:last], lines[index].ordinal, query, hits, moment)
    view.at = next((part for part in view.parts if part.here), None)
    _ways(view, file, asked, lines, index)
    view.contents = _contents(file, kind, asked, lines, index)
    view.other = _other(file, asked, kinds, kind, view)
    return view


def _kind(kinds: dict[str, int], asked: str) -> str:
    """The kind asked for if the file has it, else what it is read by."""
    return asked if asked in kinds else next((kind for kind in KINDS_FIRST if kind in kinds), "")


def _outline(file: File, kind: str) -> list[Line]:
    rows = FilePart.objects.filter(file=file, kind=kind).order_by("ordinal")
    return [Line(*row) for row in rows.values_list(*Line._fields)]


def _index(lines: Sequence[Line], key: str, hits: Hits) -> int:
    """Which place to open: the one asked for, else the first with the words, else the beginning."""
    if key:
        exact = next((number for number, line in enumerate(lines) if line.locator.partition(":")[2] == key), None)
        if exact is not None:
            return exact
        wanted = int(key.partition(".")[0])
        measured = [line.start_ms if line.start_ms is not None else line.number for line in lines]
        return max((number for number, value in enumerate(measured) if value <= wanted), default=0)
    if hits.ordinals:
        return next(number for number, line in enumerate(lines) if line.ordinal == hits.ordinals[0])
    return 0


def _parts(
    file: File, lines: Sequence[Line], here: int, query: Query, hits: Hits, moment: int | None
) -> list[Shown]:  # fmt: skip
    found = set(hits.ordinals)
    rows = FilePart.objects.filter(file=file, ordinal__in=[line.ordinal for line in lines]).order_by("ordinal")
    made = [
        shown(row, query, here=row.ordinal == here, is_hit=row.ordinal in found, at_ms=_moment(row, here, moment))
        for row in rows
    ]
    for above, below in zip(made, made[1:], strict=False):
        if below.part.kind == PartKind.SECTION and below.part.title == above.part.title:
            below.heading = below.above = ""
    return made


def _moment_asked(place: tuple[str, str], line: Line, hits: Hits) -> int | None:
    """Where a film begins: at the moment asked for, else at the first words that were looked for."""
    if place[0] == PartKind.CUE:
        return int(place[1])
    return line.start_ms if hits.ordinals else None


def _moment(part: FilePart, here: int, moment: int | None) -> int | None:
    """Where in the opened words of a film it begins."""
    if part.ordinal != here or moment is None:
        return None
    return max(moment, part.start_ms or 0)


def _ways(view: View, file: File, asked: str, lines: Sequence[Line], index: int) -> None:
    """The pages before and after, the hits before and after."""
    if view.first > 1:
        size = SHOWN[view.kind]
        view.before = Turn(
            _stretch(lines[view.first - 1 - size : view.first - 1], view.first - size),
            _url(file, asked, lines[view.first - 2]),
        )
    if view.last < view.total:
        after = lines[view.last : view.last + SHOWN[view.kind]]
        view.after = Turn(_stretch(after, view.last + 1), _url(file, asked, after[0]))
    if not view.hits.ordinals:
        return
    ordinal = lines[index].ordinal
    by_ordinal = {line.ordinal: line for line in lines}
    if ordinal in view.hits.ordinals:
        view.at_hit = view.hits.ordinals.index(ordinal) + 1
    for name, found in (("hit_before", view.hits.before(ordinal)), ("hit_after", view.hits.after(ordinal))):
        if found is not None:
            line = by_ordinal[found]
            setattr(view, name, Turn(_label(line), _url(file, asked, line)))


def _stretch(lines: Sequence[Line], start: int) -> str:
    """The numbers of places side by side. Rows are counted through all sheets, as what is shown is: `start` is the first."""
    first, last = lines[0], lines[-1]
    if first.locator.startswith(f"{PartKind.ROW}:"):
        return f"{start}～{start + len(lines) - 1}"
    if first.start_ms is not None:
        return f"{clock(first.start_ms)}～{clock(last.start_ms or 0)}"
    return f"{first.number}～{last.number}" if first.number != last.number else str(first.number)


def _contents(file: File, kind: str, asked: str, lines: Sequence[Line], index: int) -> list[Entry]:
    """Headings where there are any, else the numbers of the pages, some at a time where there are many."""
    if kind == PartKind.CUE or len(lines) < 2:
        return []
    if kind == PartKind.ROW:
        heads = _changes(lines, [line.sheet for line in lines])
    elif kind == PartKind.SECTION:
        heads = _changes(lines, [line.title for line in lines])
    else:
        step = 1 if len(lines) <= MOST_THUMBNAILS or any(line.title for line in lines) else SHOWN[kind]
        heads = list(range(0, len(lines), step))
    heads = heads[:MOST_CONTENTS]
    current = max((number for number in heads if number <= index), default=-1)
    thumbnails = len(heads) <= MOST_THUMBNAILS
    return [_entry(file, kind, asked, lines[number], number == current, thumbnails) for number in heads]


def _changes(lines: Sequence[Line], names: Sequence[str]) -> list[int]:
    return [number for number in range(len(lines)) if number == 0 or names[number] != names[number - 1]]


def _entry(file: File, kind: str, asked: str, line: Line, here: bool, thumbnails: bool) -> Entry:
    title = line.sheet if kind == PartKind.ROW else line.title.rpartition(PATH)[2]
    label = title or _label(line)
    if title and kind in (PartKind.SLIDE, PartKind.PAGE):
        label = f"{line.number}　{title}"
    level = min(line.title.count(PATH), 3) if kind == PartKind.SECTION else 0
    number = line.number if thumbnails and line.thumbnail else None
    return Entry(label, _url(file, asked, line), level, here, number, is_named=bool(title))


def _other(file: File, asked: str, kinds: dict[str, int], kind: str, view: View) -> Turn | None:
    """From the words of a document to its pages as they look, and back, at the same place."""
    if not {PartKind.SECTION, PartKind.PAGE} <= kinds.keys() or view.at is None:
        return None
    parts = FilePart.objects.filter(file=file)
    if kind == PartKind.SECTION:
        line = parts.filter(kind=PartKind.PAGE, number=view.at.part.page or 1)
    else:
        line = parts.filter(kind=PartKind.SECTION, page__lte=view.at.part.number).order_by("-ordinal")
    found = line.values_list(*Line._fields).first()
    return Turn("", _url(file, asked, Line(*found))) if found else None


def _label(line: Line) -> str:
    kind = line.locator.partition(":")[0]
    return part_label(
        FilePart(kind=kind, number=line.number, sheet=line.sheet, start_ms=line.start_ms, title=line.title)
    )


def _url(file: File, asked: str, line: Line) -> str:
    return address(reverse("kb:read", args=[file.pk]), asked, line.locator)
