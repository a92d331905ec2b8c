"""A place inside a piece, as a reader is shown it: its name, its words with the marks, its address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from search.analysis import highlight
from search.analysis.query import Query
from search.rules import Marked, fragment, opened_at


@dataclass(frozen=True, slots=True)
class Place:
    """A place inside a piece that was found: its name (第3步 …), its text with the marks, its address."""

    label: str
    url: str
    text: Marked


def place_of(url: str, locator: str, label: str, text: str, asked: Query) -> Place:
    """The place of a passage that answers a question; `url` is its piece's."""
    return Place(label=label, url=address(url, asked.text, locator), text=excerpt(text, asked))


def excerpt(text: str, asked: Query) -> Marked:
    """The stretch that says most, in one line, with dots where text was left out."""
    found = highlight.excerpt(text, asked)
    head, tail = ("…" if found.cut_before else ""), ("…" if found.cut_after else "")
    spans = tuple((start + len(head), end + len(head)) for start, end in found.spans)
    return Marked(head + found.text.replace("\n", " ") + tail, spans)


def address(url: str, asked: str, locator: str) -> str:
    """The page's address with the words to be marked, if any, and the place to open at."""
    told = {"at": quote(opened_at(locator), safe=":"), "hl": quote(asked)}
    query = "&".join(f"{name}={value}" for name, value in told.items() if value)
    anchor = fragment(locator)
    return url + (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")
