"""Saved web pages: the words of the body under their headings. Nothing is run, loaded or followed."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kb.files.reading.child.encodings import text_of
from kb.files.reading.child.out import Stop, Writer
from kb.files.reading.child.passages import Sections

UNREAD = {"script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object", "select"}
BLOCKS = {
    "p", "div", "li", "tr", "br", "hr", "section", "article", "table", "ul", "ol", "dl", "dt", "dd", "pre",
    "blockquote", "figcaption", "header", "footer", "nav", "aside", "main", "body", "form", "caption",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = {"td", "th"}


class _Words(HTMLParser):
    def __init__(self, sections: Sections) -> None:
        super().__init__(convert_charrefs=True)
        self._sections = sections
        self._said: list[str] = []
        self._unread: list[str] = []
        self._heading = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "body":
            self._unread.clear()
        if tag in UNREAD:
            self._unread.append(tag)
        elif tag in HEADINGS:
            self.flush()
            self._heading = HEADINGS[tag]
        elif tag in BLOCKS:
            self.flush()
        elif tag in CELLS and "".join(self._said).strip():
            self._said.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD and tag in self._unread:
            while self._unread.pop() != tag:
                pass
        elif tag in HEADINGS or tag in BLOCKS:
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._said.append(data)

    def flush(self) -> None:
        """Ends the paragraph or heading."""
        words = " ".join("".join(self._said).split())
        self._said = []
        if words and self._heading:
            self._sections.heading(self._heading, words)
        elif words:
            self._sections.paragraph(words)
        self._heading = 0


def html_read(source: Path, writer: Writer) -> None:
    """Sections by h1 to h6."""
    sections = Sections(writer)
    parser = _Words(sections)
    parser.feed(text_of(source))
    parser.close()
    parser.flush()
    sections.flush()
    if writer.count == 0:
        raise Stop("empty")
