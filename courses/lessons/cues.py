"""The cues of a WebVTT subtitle file: what is said at which moment (W3C WebVTT)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.models import File

MAX_BYTES = 512 * 1024
_TIMES = re.compile(r"^(?:(\d{1,3}):)?(\d{2}):(\d{2})\.(\d{3})\s+-->")
_TAG = re.compile(r"<[^>]{0,200}>")


def cues_parse(text: str) -> Iterator[tuple[int, str]]:
    """Start in milliseconds and words of each cue; whatever is no cue is passed over."""
    for block in re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")):
        lines = block.strip().split("\n")
        for number, line in enumerate(lines[:2]):
            if match := _TIMES.match(line.strip()):
                hours, minutes, seconds, ms = (int(part or 0) for part in match.groups())
                words = _TAG.sub("", "".join(lines[number + 1 :])).strip()
                if words:
                    yield ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms, words
                break


def cues_of(file: File) -> Iterator[tuple[int, str]]:
    """Cues of a stored file; none where the file is no longer there."""
    if not file.file.storage.exists(file.file.name):
        return
    with file.file.open("rb") as handle:
        yield from cues_parse(handle.read(MAX_BYTES).decode("utf-8", errors="replace"))
