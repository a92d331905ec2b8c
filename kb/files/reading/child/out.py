"""What an extractor gives, and where it stops: parts of a file with limits on their number and length."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import IO, Any

MOST_PARTS = 5_000
MOST_PART_CHARACTERS = 20_000
MOST_CHARACTERS = 5_000_000
MOST_LINES = 400
# What is told of drawn pages: a file for each process that draws.
DRAWN = ("pictures-1.jsonl", "pictures-2.jsonl")
LONGEST_TITLE = 400
# Control characters (PostgreSQL takes no NUL), halves of pairs, and what PDFium sets for a broken hyphen.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


class Stop(Exception):
    """The file cannot be read, or no further; the code says why (kb.files.reading.rules)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(slots=True)
class Part:
    """A place with its words, as `kb.files.reading.models.FilePart` keeps it."""

    kind: str
    number: int
    text: str = ""
    title: str = ""
    locator: str = ""
    sheet: str = ""
    page: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    layout: list[list[Any]] = field(default_factory=list)
    needs_ocr: bool = False

    def __post_init__(self) -> None:
        self.locator = self.locator or f"{self.kind}:{self.number}"


class Writer:
    """Takes parts one by one and writes each as a line of JSON; stops at the limits with a reason."""

    def __init__(self, sink: IO[str]) -> None:
        self._sink = sink
        self._characters = 0
        self.count = 0
        self.notes: list[str] = []

    def add(self, part: Part) -> None:
        """Raises Stop where there are too many parts or too much text."""
        if self.count >= MOST_PARTS:
            raise Stop("too_many_rows" if part.kind == "row" else "too_many_pages")
        part.text = text_cleaned(part.text)[:MOST_PART_CHARACTERS]
        part.title = " ".join(text_cleaned(part.title).split())[:LONGEST_TITLE]
        part.sheet = " ".join(text_cleaned(part.sheet).split())[:120]
        part.layout = [[_cleaned(said) for said in line] for line in part.layout[:MOST_LINES]]
        self._characters += len(part.text) + len(part.title)
        if self._characters > MOST_CHARACTERS:
            raise Stop("too_much_text")
        self._sink.write(json.dumps(asdict(part), ensure_ascii=False) + "\n")
        self.count += 1


def _cleaned(said: Any) -> Any:
    return text_cleaned(said)[:MOST_PART_CHARACTERS] if isinstance(said, str) else said


def text_cleaned(text: str) -> str:
    """Without control characters, blanks joined, two empty lines at most."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = _NOT_TEXT.sub("", text)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
