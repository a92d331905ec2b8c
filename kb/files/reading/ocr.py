"""Recognition of characters by Tesseract, where it is installed: scanned pages get words and the boxes of their lines."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from kb.files.reading import sandbox
from kb.files.reading.child.out import text_cleaned
from kb.files.reading.child.pdf import text_joined

SIMPLIFIED, TRADITIONAL = "chi_sim", "chi_tra"
MOST_PAGES = 120
MOST_SECONDS = 900
BATCH = 8
# Tesseract's own figure of certainty, 0 to 100: below it a line is stains on the paper.
SURE = 35.0
# Below this for a whole page, the other script is tried.
DOUBTFUL = 70.0
MOST_TSV_BYTES = 4_000_000


@dataclass(slots=True)
class Recognised:
    """Words and lines by number of the page, and why it is not all: `ocr_missing`, `ocr_too_many`, `scanned`."""

    pages: dict[int, tuple[str, list[list[Any]]]] = field(default_factory=dict)
    reason: str = ""


def recogniser() -> str:
    """Where Tesseract is; "" where it is not installed or knows no Chinese."""
    program = shutil.which("tesseract", path="/usr/local/bin:/usr/bin:/bin")
    return program if program and SIMPLIFIED in _languages(program) else ""


def _languages(program: str) -> set[str]:
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - our own program
    return set(told.stdout.split())


def pages_recognise(place: Path, source: str, numbers: Sequence[int], go_on: Callable[[], bool]) -> Recognised:
    """Recognises these pages of the PDF `source` in `place`. `go_on` is asked between them and may stop the work."""
    program = recogniser()
    if not program:
        return Recognised(reason="ocr_missing")
    found = Recognised(reason="ocr_too_many" if len(numbers) > MOST_PAGES else "")
    known = _languages(program)
    language = ""
    deadline = time.monotonic() + MOST_SECONDS
    for number in _drawn(place, source, numbers[:MOST_PAGES]):
        if time.monotonic() > deadline or not go_on():
            found.reason = "ocr_too_many"
            break
        picture = place / f"scan-{number}.png"
        page = _page(program, place, picture, language) if language else []
        if _sureness(page) < DOUBTFUL:
            language, page = _surer(program, place, picture, known)
        picture.unlink(missing_ok=True)
        if page:
            found.pages[number] = (
                text_cleaned(text_joined([line for line, _sure in page])),
                [line for line, _ in page],
            )
    if not found.pages and not found.reason:
        found.reason = "scanned"
    return found


def _drawn(place: Path, source: str, numbers: Sequence[int]) -> Iterator[int]:
    """Pages one by one, drawn a few at a time: a picture of 200 dpi is large."""
    for start in range(0, len(numbers), BATCH):
        batch = list(numbers[start : start + BATCH])
        options = {"most": 0, "texts": False, "scans": batch}
        job = {"action": "pictures", "source": source, "options": options}
        (place / "job.json").write_text(json.dumps(job), "utf-8")
        sandbox.read_run(place)
        yield from (number for number in batch if (place / f"scan-{number}.png").is_file())


Line = tuple[list[Any], float]


def _surer(program: str, place: Path, picture: Path, known: set[str]) -> tuple[str, list[Line]]:
    """Which script a page is in: the one that Tesseract is surer of. The pages behind it are taken to be alike."""
    plain = _page(program, place, picture, SIMPLIFIED)
    if TRADITIONAL not in known:
        return SIMPLIFIED, plain
    other = _page(program, place, picture, TRADITIONAL)
    if _sureness(other) > _sureness(plain):
        return TRADITIONAL, other
    return SIMPLIFIED, plain


def _sureness(lines: list[Line]) -> float:
    length = sum(len(line[0]) for line, _sure in lines)
    return sum(sure * len(line[0]) for line, sure in lines) / length if length else 0.0


def _page(program: str, place: Path, picture: Path, language: str) -> list[Line]:
    made = place / "recognised"
    made.with_suffix(".tsv").unlink(missing_ok=True)
    sandbox.command_run(
        [program, picture.name, made.name, "-l", language, "--psm", "3", "tsv"], place, sandbox.RECOGNISING
    )
    path = made.with_suffix(".tsv")
    if not path.is_file() or path.is_symlink() or path.stat().st_size > MOST_TSV_BYTES:
        return []
    with Image.open(picture) as drawn:
        size = drawn.size
    return list(tsv_lines(path.read_text("utf-8", errors="replace"), size))


def tsv_lines(told: str, size: tuple[int, int]) -> Iterator[Line]:
    """Lines of Tesseract's table as `[words, x0, y0, x1, y1]` in fractions of the page, each with its certainty."""
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") == "5" and (row.get("text") or "").strip():
            groups.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for words in groups.values():
        sure = sum(float(word["conf"]) for word in words) / len(words)
        text = _joined([word["text"].strip() for word in words])
        if sure < SURE or not any(char.isalnum() for char in text):
            continue
        boxes = [[int(word[name]) for name in ("left", "top", "width", "height")] for word in words]
        edges = (
            min(box[0] for box in boxes) / size[0], min(box[1] for box in boxes) / size[1],
            max(box[0] + box[2] for box in boxes) / size[0], max(box[1] + box[3] for box in boxes) / size[1],
        )  # fmt: skip
        yield [text, *(round(min(max(edge, 0.0), 1.0), 4) for edge in edges)], sure


def _joined(words: list[str]) -> str:
    """Tesseract parts Chinese into words with blanks; only words of letters and figures are parted."""
    text = ""
    for word in words:
        blank = " " if text and text[-1].isascii() and word[0].isascii() else ""
        text += blank + word
    return text
