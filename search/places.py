"""A place inside a piece, as a reader is shown it: its name, its words with the marks, its address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext

from people.script.rules import script_guess
from search.analysis import highlight
from search.analysis.normal import normalised_again
from search.analysis.query import Query
from search.engines.contract import Hit, PassageHit
from search.registry import Piece
from search.rules import Marked, fragment, opened_at


@dataclass(frozen=True, slots=True)
class Place:
    """A place inside a piece that was found: its name (第3步 …), its text with the marks, its address; `kind` of its locator.

    `language`: the script of its text. `named`: that of its name, where it is words of the content; "" where it is the
    interface's.
    """

    label: str
    url: str
    text: Marked
    kind: str = ""
    language: str = ""
    named: str = ""


# Given a locator and the label that the index holds, gives the place's name in the reader's language.
Namer = Callable[[str, str], str]
_namers: dict[str, Namer] = {}


def register_place_names(kind: str, namer: Namer) -> None:
    """Says how places of a kind of piece are called, where its labels in the index are no names yet."""
    _namers[kind] = namer


def place_name(kind: str, locator: str, label: str) -> str:
    """What a place is called in the reader's language; a label that the interface does not know stays as it is."""
    namer = _namers.get(kind)
    return namer(locator, label) if namer else gettext(label) if label else ""


def place_of(piece: Hit | Piece, passage: PassageHit, asked: Query) -> Place:
    """The place of a passage that answers a question, in a piece or what the index holds of it."""
    name = place_name(piece.kind, passage.locator, passage.label)
    text = excerpt(passage.text, asked)
    language = language_of(piece, text.text)
    return Place(
        label=name,
        url=address(piece.url, asked.text, passage.locator),
        text=text,
        kind=passage.locator.partition(":")[0],
        language=language,
        named=language if name == passage.label else "",
    )


def language_of(piece: Hit | Piece, text: str) -> str:
    """The script of a text of a piece: a page says its own, each text of a file is looked at."""
    return script_guess(text) if "extension" in piece.facts else piece.language


def tells(text: str, asked: Query) -> int:
    """Whether a text has the words asked for: 2 all of them as they stand, 1 some of them, 0 none."""
    if not highlight.spans(text, asked):
        return 0
    said = normalised_again(text).text
    return 2 if all(chunk in said for chunk in asked.chunks) else 1


def telling(passages: Sequence[PassageHit], asked: Query) -> list[PassageHit]:
    """Those that count as places where the words stand: with all of the words, if any has them, else with some.

    The best stays in any case. So the number on a result is the one that the viewer of a file counts.
    """
    told = [tells(passage.text, asked) for passage in passages]
    most = max(told, default=0)
    return [passage for number, passage in enumerate(passages) if not number or told[number] == most > 0]


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
