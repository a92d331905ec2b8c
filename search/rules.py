"""Plain rules of showing what was found: marks, fragments, pages."""

from __future__ import annotations

from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]

LONGEST_QUERY = 200
DEEPEST = 1000
FRAGMENTS = {"cue": "t"}
# Places that a viewer opens at: the server must know them, and a fragment never reaches it.
PLACES_OPENED = {"page", "slide", "row", "cue"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places to be marked in it: sorted, not overlapping, as (start, end)."""

    text: str
    spans: Spans = ()

    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked."""
        found: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.spans:
            if start > at:
                found.append((self.text[at:start], False))
            found.append((self.text[start:end], True))
            at = end
        if at < len(self.text):
            found.append((self.text[at:], False))
        return found


def query_text(asked: str) -> str:
    """What is asked, cleaned: no control characters, blanks joined, 200 characters at most."""
    printable = "".join(char if char.isprintable() else " " for char in asked)
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


def opened_at(locator: str) -> str:
    """The locator, if a viewer has to know it in order to open there; "" where the fragment is enough."""
    kind, _colon, key = locator.partition(":")
    # Sections of files have numbers; those of our own pages have names, and stand in the page that is served.
    return locator if key and (kind in PLACES_OPENED or (kind == "section" and key.isdigit())) else ""


def fragment(locator: str) -> str:
    """The fragment of a page's address at which a passage stands: `step:<uuid>` is at `#step-<uuid>`."""
    kind, _colon, key = locator.partition(":")
    return f"{FRAGMENTS.get(kind, kind)}-{key}" if key else ""


def page_number(asked: str, per_page: int) -> int:
    """The page asked for: 1 for nonsense, never deeper than the results go."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), DEEPEST // per_page)
