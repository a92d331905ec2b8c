"""The admin's own searches (pages, images, documents, choosers): the words as they stand, anywhere in a title.

Wagtail's database backends cut at blanks, so a Chinese word in mid-title is never found; Wagtail's fallback looks for
substrings, on every database alike. Readers' search is another thing (`search.query`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import opencc
from django.db.models import Q
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)

from search.analysis.normal import simplified


@lru_cache(maxsize=1)
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def both_scripts(word: str) -> set[str]:
    """The word as typed, in Simplified and in Traditional characters."""
    return {word, simplified(word), _traditional().convert(word)}


class SubstringQueryCompiler(DatabaseSearchQueryCompiler):
    """Each word in either script; a page is found by its draft's title too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {field.name for field in self.queryset.model._meta.get_fields()}
        if "title" in self.fields_names and "draft_title" in names:
            self.fields_names.append("draft_title")

    def build_single_term_filter(self, term: str) -> Q:
        """Rows with the word in any of the fields."""
        found = Q()
        for word in both_scripts(term):
            found |= super().build_single_term_filter(word)
        return found


class SearchBackend(DatabaseSearchBackend):
    """Named in WAGTAILSEARCH_BACKENDS."""

    query_compiler_class = SubstringQueryCompiler
    autocomplete_query_compiler_class = SubstringQueryCompiler
    results_class = DatabaseSearchResults
