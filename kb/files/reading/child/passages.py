"""Sections of a text: by its headings, and where one is long, by its paragraphs."""

from __future__ import annotations

from kb.files.reading.child.out import Part, Writer

# A section longer than this is cut between paragraphs: a hit should lead to what fits on a screen or two.
LONG = 1_600
LONGEST_PARAGRAPH = 4_000


class Sections:
    """Gathers paragraphs under headings and writes each section when the next begins."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._headings: dict[int, str] = {}
        self._lines: list[str] = []
        self._length = 0
        self._number = 0

    def heading(self, level: int, words: str) -> None:
        """A heading of level 1 (highest) to 9."""
        words = " ".join(words.split())
        if not words:
            return
        self.flush()
        self._headings = {above: said for above, said in self._headings.items() if above < level} | {level: words}
        # The heading's own words belong to its section's text: they are what the reader sees marked.
        self._lines, self._length = [words], 0

    def paragraph(self, words: str) -> None:
        """A paragraph, or a row of a table."""
        words = words.strip()
        for start in range(0, len(words), LONGEST_PARAGRAPH):
            piece = words[start : start + LONGEST_PARAGRAPH]
            if self._length and self._length + len(piece) > LONG:
                self.flush()
            self._lines.append(piece)
            self._length += len(piece)

    def flush(self) -> None:
        """Writes what is gathered; a heading with nothing below it is kept for the path of the next."""
        text = "\n".join(self._lines).strip()
        self._lines, self._length = [], 0
        if text:
            self._number += 1
            path = " › ".join(self._headings[level] for level in sorted(self._headings))
            self._writer.add(Part("section", self._number, text=text, title=path))
