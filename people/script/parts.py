"""Content that says its script, as HTML."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from people.script.rules import script_guess

_CHINESE = re.compile(r"([㐀-鿿](?:[^A-Za-z“”]*[㐀-鿿])?)")


def in_script(script: str | None) -> SafeString:
    """` lang="zh-Hant"` for an element whose words are content, written in this script; nothing where it is not known.

    It stands on the words themselves and not around words of the interface, which speak the reader's language.
    """
    return format_html(' lang="{}"', script) if script else SafeString("")


def written(text: object, script: str | None) -> str:
    """Words of content among words of the interface, written in this script; signs and figures are in none."""
    said = "" if text is None else str(text)
    return said if said.isascii() or not script else format_html('<span lang="{}">{}</span>', script, text)


def as_content(text: object) -> str:
    """Words of content of which nothing but themselves tells the script: names, terms, what a reader typed."""
    return written(text, script_guess("" if text is None else str(text)))


def words_script(text: object) -> str:
    """The script of such words for `in_script`, where an element of their own cannot stand; "" for signs and figures."""
    return "" if str(text).isascii() else script_guess(str(text))


def content_apart(text: object) -> str:
    """A name of a place with words of content in it (`Step 7 升压观察`), these with their script.

    A Chinese interface leaves it as it is: there one cannot tell them by looking.
    """
    said = "" if text is None else str(text)
    if said.isascii() or (get_language() or "").startswith("zh"):
        return said
    pieces = _CHINESE.split(said)
    return format_html_join("", "{}", ((as_content(piece) if at % 2 else piece,) for at, piece in enumerate(pieces)))
