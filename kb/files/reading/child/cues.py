"""Subtitles (SRT, WebVTT): what is said at which moment, cues gathered into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kb.files.reading.child.encodings import text_of
from kb.files.reading.child.out import Part, Stop, Writer

# A passage ends with its sentence, else after so many characters or milliseconds: a hit should play near its words.
LONG_CHARACTERS = 60
LONG_MS = 12_000
PAUSE_MS = 2_500
ENDS = "。！？!?…"
LONGEST_HOURS = 1_000 * 3_600_000
_TIMES = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})"
)
_TAG = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,200}\}")
Cue = tuple[int, int, str]


def cues_read(source: Path, writer: Writer) -> None:
    """One part a passage; `layout` keeps the cues in it as `[words, start, end]` (ms)."""
    cues = sorted(cues_of(text_of(source)))
    seen: set[int] = set()
    for passage in passages(cues):
        start, end = passage[0][0], max(cue[1] for cue in passage)
        if start in seen:
            continue
        seen.add(start)
        text = joined([words for _start, _end, words in passage])
        layout = [[words, first, last] for first, last, words in passage]
        writer.add(Part("cue", start, text=text, start_ms=start, end_ms=end, layout=layout))
    if writer.count == 0:
        raise Stop("empty")


def cues_of(text: str) -> Iterator[Cue]:
    """Start and end in milliseconds and the words of each cue; whatever is no cue is passed over."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        for number, line in enumerate(lines[:3]):
            if match := _TIMES.match(line):
                words = joined([_TAG.sub("", said).strip() for said in lines[number + 1 :]])
                start, end = _ms(match.groups()[:4]), _ms(match.groups()[4:])
                if words and start < LONGEST_HOURS:
                    yield start, min(max(end, start), LONGEST_HOURS), words
                break


def _ms(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, ms = (int(group or 0) for group in groups)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def passages(cues: list[Cue]) -> Iterator[list[Cue]]:
    """Cues that make a sentence together."""
    gathered: list[Cue] = []
    for cue in cues:
        if gathered and _is_new(gathered, cue):
            yield gathered
            gathered = []
        # What two tracks say at the same moment is said once.
        if not gathered or gathered[-1][2] != cue[2]:
            gathered.append(cue)
    if gathered:
        yield gathered


def _is_new(gathered: list[Cue], cue: Cue) -> bool:
    said = "".join(words for _start, _end, words in gathered)
    return (
        said.endswith(tuple(ENDS))
        or cue[0] - gathered[-1][1] > PAUSE_MS
        or cue[1] - gathered[0][0] > LONG_MS
        or len(said) + len(cue[2]) > LONG_CHARACTERS
    )


def joined(lines: list[str]) -> str:
    """Lines as one: a blank only between words that are parted by blanks."""
    text = ""
    for line in filter(None, lines):
        blank = " " if text and text[-1].isascii() and line[0].isascii() else ""
        text += blank + line
    return text
