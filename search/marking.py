"""A marked text as HTML."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.rules import Marked


def marked_html(marked: Marked) -> SafeString:
    """Everything escaped, the spans in `<mark>`."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part) if is_marked else part,) for part, is_marked in marked.parts()),
    )
