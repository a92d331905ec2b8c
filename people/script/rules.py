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

import opencc

ORIGINAL, HANS, HANT = "original", "zh-Hans", "zh-Hant"
CHOICES = (ORIGINAL, HANS, HANT)
# Characters are changed, words are not: a method must not read otherwise than it was released. The same
# conversion makes the Traditional catalogue of the interface.
CONFIGS = {HANT: "s2tw", HANS: "tw2s"}
KEPT_TEXTS = 128

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
    r"|<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>",
    re.DOTALL | re.IGNORECASE,
)
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
LANG = re.compile(r'(\slang=")([^"]*)(")')
ATTRIBUTE = re.compile(rf'(?<=\s)((?:{SHOWN})=")([^"]*)(?=")')


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
    """A page in pieces. `runs`: places in `pieces` of texts that read on from one to the next."""

    pieces: list[str] = field(default_factory=list)
    runs: list[list[int]] = field(default_factory=list)
    goes_on: bool = False

    def text(self, text: str) -> None:
        """A text to be converted."""
        if not self.goes_on:
            self.runs.append([])
        self.runs[-1].append(len(self.pieces))
        self.pieces.append(text)
        self.goes_on = True

    def tag(self, tag: str, name: str) -> None:
        """A tag; within a word if it is an inline one."""
        self.goes_on = self.goes_on and name in INLINE
        self.pieces.append(tag)

    def attributes(self, tag: str) -> None:
        """A tag whose shown attributes are converted, each for itself, without breaking the text around it."""
        at = 0
        for found in ATTRIBUTE.finditer(tag):
            self.pieces.append(tag[at : found.start(2)])
            self.runs.insert(max(len(self.runs) - 1, 0), [len(self.pieces)])
            self.pieces.append(found[2])
            at = found.end(2)
        self.pieces.append(tag[at:])


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


def converted(text: str, target: str) -> str:
    """A text in the script `target` (`HANS`, `HANT`); what is in it already stays."""
    return text if text.isascii() else _converted(text, target)


def page_converted(html: str, target: str) -> Page:
    """A page whose content is shown in the script `target`. The HTML must be well-formed, as ours is."""
    found = _taken_apart(html, target)
    texts: list[tuple[str, str]] = []
    joined = ["".join(found.pieces[at] for at in run) for run in found.runs]
    for run, whole, now in zip(found.runs, joined, _lines(joined, target), strict=True):
        start = 0
        for at in run:
            text = found.pieces[at]
            end = start + len(text)
            # A run that changed its length cannot be cut at the same places: each text is converted by itself.
            after = now[start:end] if len(now) == len(whole) else converted(text, target)
            texts.append((text, after))
            found.pieces[at] = after
            start = end
    return Page("".join(found.pieces), tuple(texts))


def _lines(texts: list[str], target: str) -> list[str]:
    """All texts converted at once: one long text costs far less than many short ones."""
    glue = "\n\x1e\n"
    after = converted(glue.join(texts), target).split(glue)
    return after if len(after) == len(texts) else [converted(text, target) for text in texts]


def _taken_apart(html: str, target: str) -> Found:
    found, frames, at = Found(), [], 0
    for token in TOKEN.finditer(html):
        if token.start() > at:
            _text(found, html[at : token.start()], frames)
        at = token.end()
        _tag(found, token[0], frames, target, raw=token["raw"] is not None)
    found.pieces.append(html[at:])
    return found


def _text(found: Found, text: str, frames: list[Frame]) -> None:
    if frames and frames[-1].converts and not text.isspace():
        found.text(text)
    else:
        found.tag(text, "span" if text.isspace() else "")


def _tag(found: Found, tag: str, frames: list[Frame], target: str, *, raw: bool) -> None:
    told = NAME.match(tag)
    if told is None or raw:
        found.tag(tag, "")
        return
    name = told[2].lower()
    if told[1]:
        _close(frames, name)
        found.tag(tag, name)
        return
    frame = None if name in VOID or (frames and frames[-1].sealed) else _frame(tag, name, target)
    if frame is not None:
        frames.append(frame)
        if frame.converts:
            tag = LANG.sub(rf"\g<1>{target}\g<3>", tag, count=1)
    elif frames and frames[-1].name == name and not tag.endswith("/>"):
        frames[-1].depth += 1
    if frames and frames[-1].converts and ATTRIBUTE.search(tag):
        found.goes_on = found.goes_on and name in INLINE
        found.attributes(tag)
    else:
        found.tag(tag, name)


def _frame(tag: str, name: str, target: str) -> Frame | None:
    """The frame that an opening tag begins, if it says anything about its script."""
    if name in VERBATIM or ' translate="no"' in tag:
        return Frame(name, converts=False, sealed=True)
    lang = LANG.search(tag)
    if lang is None or name == "html":  # the page as a whole speaks the language of the interface
        return None
    return Frame(name, converts=lang[2] in CONFIGS and lang[2] != target)


def _close(frames: list[Frame], name: str) -> None:
    if frames and frames[-1].name == name:
        frames[-1].depth -= 1
        if not frames[-1].depth:
            frames.pop()


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


@lru_cache(maxsize=2)
def _converter(target: str) -> opencc.OpenCC:
    return opencc.OpenCC(CONFIGS[target])
