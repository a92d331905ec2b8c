"""Questions in people's own words over paragraphs of our own: no paragraph has a title, most questions paraphrase it.

`paragraphs/*.txt`: a paragraph a line, below it its questions behind dashes. Names and figures in them are invented. Every
second question is held out: shown, not looked at while something is tuned.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bench.relevance.gold import Judged
from search.registry import Passage, Piece

FOLDER = Path(__file__).with_name("paragraphs")
KIND = "text"
SHORTEST = 150


@lru_cache(maxsize=1)
def _blocks() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(key, paragraph, questions) of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for number, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
            text, *questions = block.split("\n")
            found.append((f"{path.stem}-{number}", text, tuple(line.removeprefix("- ") for line in questions)))
    return tuple(found)


def paragraphs() -> list[Piece]:
    """The paragraphs, each a piece without a title."""
    return [_piece(key, text) for key, text, _questions in _blocks()]


def questions() -> list[Judged]:
    """The questions with the paragraph that answers each; every second one held out."""
    asked = [(key, question) for key, _text, questions in _blocks() for question in questions]
    return [
        Judged("asked", f"asked{number:03d}", "asked", question, (f"{KIND}/{key}",), held=bool(number % 2))
        for number, (key, question) in enumerate(asked)
    ]


def beside(pieces: list[Piece]) -> Iterator[Piece]:
    """The texts of other pieces as paragraphs to be confused with: places in turn until they are long enough."""
    for piece in pieces:
        text, number = "", 0
        for passage in piece.passages:
            text = f"{text}\n{passage.text}".strip()
            if len(text) >= SHORTEST:
                yield _piece(f"{piece.kind}-{piece.key}-{number}", text)
                text, number = "", number + 1


def _piece(key: str, text: str) -> Piece:
    return Piece(KIND, key, "", (Passage("", "", text),), audience=0, url="")
