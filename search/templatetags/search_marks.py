"""Marks in templates: words of a result, and the words that a page was opened with (`?hl=`)."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from search.analysis.highlight import spans
from search.analysis.query import analysed_query
from search.marking import marked_html
from search.rules import query_text

register = template.Library()

MOST_MARKS = 60


register.filter("marks", marked_html)

_INNER = str.maketrans("“”「」", "‘’『』")


@register.filter
def in_quotes(asked: str) -> str:
    """Words that stand between quotation marks: their own marks become those inside (GB/T 15834)."""
    return asked.translate(_INNER)


@register.simple_tag(takes_context=True)
def search_marks(context: dict[str, Any]) -> SafeString:
    """`<template data-marks>` with the words to mark on this page, as the page itself writes them.

    The words of `?hl=` are looked for in the page's own text, so a Simplified query marks Traditional words.
    """
    request = context.get("request")
    asked = query_text(request.GET.get("hl", "")) if request else ""
    page = context.get("page")
    if not asked or not hasattr(page, "search_passages"):
        return SafeString("")
    words = _words(page, asked)
    if not words:
        return SafeString("")
    return format_html('<template data-marks="{}"></template>', json.dumps(words, ensure_ascii=False))


def _words(page: Any, asked: str) -> list[str]:
    query = analysed_query(asked)
    found: dict[str, None] = {}
    for text in [page.title, *(passage.text for passage in page.search_passages())]:
        for start, end in spans(text, query):
            found.setdefault(text[start:end])
        if len(found) >= MOST_MARKS:
            break
    return list(found)[:MOST_MARKS]
