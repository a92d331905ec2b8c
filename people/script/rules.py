"""Chinese text in the other script: what of a page is converted, and how. Plain values; no Django here.

A template says what content is and in which script it was written by `lang="zh-Hans"` or `lang="zh-Hant"`; only that is
converted, and its `lang` then names the new script. Words of the interface have no such `lang` and follow the
reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path

import opencc

ORIGINAL, HANS, HANT = "original", "zh-Hans", "zh-Hant"
CHOICES = (ORIGINAL, HANS, HANT)
# Characters are changed, words are not: a method must not read otherwise than it was released. The same
# conversion makes the Traditional catalogue of the interface.
CONFIGS = {HANT: "s2tw", HANS: "tw2s"}
KEPT_TEXTS = 128
_CHARACTERS_FILE = Path(__file__).with_name("characters.txt")

# Attributes that are read out or shown.
SHOWN = "alt|title|aria-label|placeholder|label|data-label|data-confirm"
# Elements that hold no prose: what is typed, run or copied stays as it is. (Scripts and the like are one token.)
VERBATIM = {"code", "kbd", "samp", "var"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Between these a word goes on.
INLINE = {"a", "abbr", "b", "bdi", "cite", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}

TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style|textarea|template)\b(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>.*?</(?P=raw)\s*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>",
    re.DOTALL | re.IGNORECASE,
)
LANG = re.compile(r'(?<=\slang=")[^"]*(?=")')
ATTRIBUTE = re.compile(rf'(?<=\s)(?:{SHOWN})="([^"]*)"')


@dataclass(slots=True)
class Frame:
    """An open element that decides about what is in it; `depth` counts elements of its name within.

    `sealed`: nothing in it is converted, whatever it says about itself.
    """

    name: str
    converts: bool
    sealed: bool = False
    depth: int = 1


@dataclass(slots=True)
class Found:
    """Where a page is to be changed. `places`: (start, end, new text or None: to be converted), in order.

    `runs`: numbers of places whose texts read on from one to the next.
    """

    places: list[tuple[int, int, str | None]] = field(default_factory=list)
    runs: list[list[int]] = field(default_factory=list)
    goes_on: bool = False

    def text(self, html: str, start: int, end: int) -> None:
        """A text of content. One without Chinese stays, and ends a word unless it is blank."""
        text = html[start:end]
        if text.isascii():
            self.goes_on = self.goes_on and text.isspace()
            return
        if not self.goes_on:
            self.runs.append([])
        self.runs[-1].append(len(self.places))
        self.places.append((start, end, None))
        self.goes_on = True

    def attributes(self, tag: str, start: int) -> None:
        """The shown attributes of a tag at `start`, each for itself, without breaking the text around it."""
        for found in ATTRIBUTE.finditer(tag):
            self.runs.insert(max(len(self.runs) - 1, 0), [len(self.places)])
            self.places.append((start + found.start(1), start + found.end(1), None))


@dataclass(frozen=True, slots=True)
class Page:
    """A converted page, and its texts as (original, converted)."""

    html: str
    texts: tuple[tuple[str, str], ...]

    def words(self, words: list[str]) -> list[str]:
        """How this page writes the words now: 发 may have become 髮 in one place and 發 in another."""
        found: dict[str, None] = {}
        for word in words:
            spellings = list(_spellings(word, self.texts))
            found.update(dict.fromkeys(spellings or [word]))
        return list(found)


def script_guess(text: str) -> str:
    """The script of a text that does not say its own (a file's): the one of which it has more telling characters."""
    simplified, traditional = _telling()
    there = set(text)
    return HANT if len(there & traditional) > len(there & simplified) else HANS


def converted(text: str, target: str) -> str:
    """A text in the script `target` (`HANS`, `HANT`); what is in it already stays."""
    return text if text.isascii() else _converted(text, target)


def page_converted(html: str, target: str) -> Page:
    """A page whose content is shown in the script `target`. The HTML must be well-formed, as ours is."""
    found = _looked_through(html, target)
    now: dict[int, str] = {}
    joined = ["".join(html[slice(*found.places[at][:2])] for at in run) for run in found.runs]
    for run, before, after in zip(found.runs, joined, _lines(joined, target), strict=True):
        position = 0
        for at in run:
            start, end, _new = found.places[at]
            # A run that changed its length cannot be cut at the same places: each text is converted by itself.
            same = len(after) == len(before)
            now[at] = after[position : position + end - start] if same else converted(html[start:end], target)
            position += end - start
    return _put_together(html, found, now)


def _put_together(html: str, found: Found, now: dict[int, str]) -> Page:
    pieces: list[str] = []
    texts: list[tuple[str, str]] = []
    last = 0
    for at, (start, end, new) in enumerate(found.places):
        text = now[at] if new is None else new
        if new is None:
            texts.append((html[start:end], text))
        pieces += [html[last:start], text]
        last = end
    return Page("".join([*pieces, html[last:]]), tuple(texts))


def _lines(texts: list[str], target: str) -> list[str]:
    """All texts converted at once: one long text costs far less than many short ones."""
    glue = "\n\x1e\n"
    after = converted(glue.join(texts), target).split(glue)
    return after if len(after) == len(texts) else [converted(text, target) for text in texts]


def _looked_through(html: str, target: str) -> Found:
    found, at = Found(), 0
    frames: list[Frame] = []
    for token in TOKEN.finditer(html):
        start, end = token.span()
        if at < start and frames and frames[-1].converts:
            found.text(html, at, start)
        at = end
        close, name = token.group("close", "name")
        if name is None:  # a comment, a script
            found.goes_on = False
            continue
        if name not in INLINE:
            found.goes_on = False
        if not close:
            _open(found, html[start:end], start, name, frames, target)
        elif frames and frames[-1].name == name:
            frames[-1].depth -= 1
            if not frames[-1].depth:
                frames.pop()
                found.goes_on = False
    return found


def _open(found: Found, tag: str, start: int, name: str, frames: list[Frame], target: str) -> None:
    """An element begins: it may decide about what is in it, and its shown attributes may be content."""
    top = frames[-1] if frames else None
    says = ' lang="' in tag or ' translate="no"' in tag or name in VERBATIM
    frame = _frame(tag, name, target) if says and name not in VOID and not (top and top.sealed) else None
    if frame is not None:
        frames.append(frame)
        found.goes_on = False
        if frame.converts and (lang := LANG.search(tag)):
            found.places.append((start + lang.start(), start + lang.end(), target))
        top = frame
    elif top and top.name == name and not tag.endswith("/>"):
        top.depth += 1
    if top and top.converts and not tag.isascii():
        found.attributes(tag, start)


def _frame(tag: str, name: str, target: str) -> Frame | None:
    """The frame that an opening tag begins, if it says anything about its script."""
    if name in VERBATIM or ' translate="no"' in tag:
        return Frame(name, converts=False, sealed=True)
    lang = LANG.search(tag)
    if lang is None or name == "html":  # the page as a whole speaks the language of the interface
        return None
    return Frame(name, converts=lang[0] in CONFIGS and lang[0] != target)


def _spellings(word: str, texts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    pattern = re.compile(re.escape(word), re.IGNORECASE)
    for before, after in texts:
        if len(before) == len(after):
            plain, now = (unescape(before), unescape(after)) if "&" in before else (before, after)
            for found in pattern.finditer(plain):
                yield now[found.start() : found.end()]


@lru_cache(maxsize=KEPT_TEXTS)
def _converted(text: str, target: str) -> str:
    # Kept by what it says: a release has one text, whoever reads it, and another text never meets it.
    return _converter(target).convert(text)


@lru_cache(maxsize=1)
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that stand in one script only, Simplified and Traditional (`scripts.script_characters`)."""
    simplified, traditional = _CHARACTERS_FILE.read_text(encoding="utf-8").split()
    return frozenset(simplified), frozenset(traditional)


@lru_cache(maxsize=2)
def _converter(target: str) -> opencc.OpenCC:
    return opencc.OpenCC(CONFIGS[target])
