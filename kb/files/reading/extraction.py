"""The steps of a reading, from a file in a directory to its parts. No rows here: files and processes alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kb.files.reading import sandbox
from kb.files.reading.child.out import DRAWN, MOST_CHARACTERS, MOST_PARTS, text_cleaned
from kb.files.reading.convert import convert
from kb.files.reading.ocr import pages_recognise
from kb.files.reading.rules import OLD, PICTURED

# What a child that has gone bad may make us read back.
MOST_RESULT_BYTES = 4 * MOST_CHARACTERS + 40_000_000
MOST_NOTE = 200


@dataclass(slots=True)
class Extracted:
    """What came of a job: parts as the child wrote them, a reason where it is not all, notes for people."""

    parts: list[dict[str, Any]] = field(default_factory=list)
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def text_extract(place: Path, source: str, extension: str) -> Extracted:
    """The words of `source` in `place`, read by a process of its own. Never raises over what is in the file.

    What was written before a process was killed is kept: a file that is too much is found by its beginning.
    """
    job = {"action": "text", "source": source, "extension": extension}
    (place / "job.json").write_text(json.dumps(job), "utf-8")
    outcome = sandbox.read_run(place)
    result = result_read(place) if not outcome.reason else {"reason": outcome.reason}
    parts = list(lines_read(place / "parts.jsonl", MOST_PARTS))
    told = result.get("notes")
    notes = [text_cleaned(str(note)) for note in told[:10]] if isinstance(told, list) else []
    return Extracted(parts, text_cleaned(str(result.get("reason", "broken")))[:24], notes, outcome.seconds)


def modern(place: Path, extension: str) -> tuple[str, str]:
    """The extension in which `source.<extension>` is read, after LibreOffice where it is an old one; and why not."""
    if extension not in OLD:
        return extension, ""
    made, reason = convert(place, f"source.{extension}", OLD[extension])
    if not made:
        return "", reason
    (place / made).rename(place / f"source.{OLD[extension]}")
    return OLD[extension], ""


def scans_recognise(*, found: Extracted, place: Path, go_on: Callable[[], bool]) -> None:
    """Gives the scanned pages of `source.pdf` the words that are recognised on them, and says why not all."""
    scans = {part["number"]: part for part in found.parts if part.get("needs_ocr") and isinstance(part["number"], int)}
    if not scans:
        return
    seen = pages_recognise(place, "source.pdf", sorted(scans), go_on)
    for number, (text, lines) in seen.pages.items():
        scans[number].update(text=text, layout=lines, is_ocr=True)
    found.reason = found.reason or seen.reason


def slides_recognise(*, found: Extracted, drawn: Drawn, place: Path, go_on: Callable[[], bool]) -> None:
    """Gives slides that are nothing but a picture the words recognised on it."""
    bare = {page.get("number") for page in drawn.pages if page.get("needs_ocr") is True}
    silent = {part["number"]: part for part in found.parts if part.get("number") in bare and not part.get("text")}
    if not silent or drawn.count != len(found.parts):
        return
    seen = pages_recognise(place, drawn.source, sorted(silent), go_on)
    for number, (text, lines) in seen.pages.items():
        silent[number].update(text=text, layout=lines, is_ocr=True)
    if len(silent) == len(found.parts):
        found.reason = found.reason or seen.reason


@dataclass(slots=True)
class Drawn:
    """Pictures that a child drew in the directory: a row for each page, how many pages there are, why not all.

    `stored`: the same by number of the page with their names, once they are in the storage.
    """

    source: str = ""
    pages: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0
    reason: str = ""
    stored: dict[int, dict[str, Any]] = field(default_factory=dict)


def pictures_extract(place: Path, extension: str, most: int) -> Drawn:
    """Draws the pages of `source.<extension>`: a PDF as it is, slides and text documents by way of one."""
    source = f"source.{extension}"
    if extension in PICTURED:
        source, reason = convert(place, source, "pdf")
        if not source:
            return Drawn(reason="no_converter" if reason == "no_converter" else "converter")
    elif extension != "pdf":
        return Drawn()
    options = {"most": most, "texts": extension != "pdf"}
    (place / "job.json").write_text(json.dumps({"action": "pictures", "source": source, "options": options}), "utf-8")
    (place / "result.json").unlink(missing_ok=True)
    outcome = sandbox.read_run(place)
    told = result_read(place) if not outcome.reason else {}
    rows = chain.from_iterable(lines_read(place / name, most) for name in DRAWN)
    drawn = Drawn(source, list(islice(rows, most)))
    drawn.reason = outcome.reason or str(told.get("reason", ""))
    pages = told.get("pages")
    drawn.count = pages if type(pages) is int else len(drawn.pages)
    if drawn.reason or drawn.count > len(drawn.pages):
        drawn.reason = "pictures"
    return drawn


def result_read(place: Path) -> dict[str, Any]:
    """What the child says of its work; `broken` where it says nothing that can be read."""
    try:
        told = json.loads((place / "result.json").read_bytes()[: 64 * 1024])
    except (OSError, ValueError):
        return {"reason": "broken"}
    return told if isinstance(told, dict) else {"reason": "broken"}


def lines_read(path: Path, most: int) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, whole ones alone, within limits."""
    if not path.is_file() or path.is_symlink():
        return
    size = 0
    with path.open("rb") as source:
        for count, line in enumerate(source):
            size += len(line)
            if count >= most or size > MOST_RESULT_BYTES:
                return
            try:
                row = json.loads(line)
            except ValueError:
                return
            if isinstance(row, dict):
                yield row
