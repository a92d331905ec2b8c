"""Content that says its script, as HTML."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from people.script.rules import script_guess


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
