"""PostgreSQL's statistics follow a first fill.

It plans by what it last counted, and counts by itself up to a minute after a fill. Until then it took the tables for
nearly empty and read them whole for each key: a letter typed cost two seconds over ten thousand pieces.
"""

from __future__ import annotations

from django.db import connection

from search.suggest.models import SuggestionClaim, SuggestionEntry, SuggestionKey, SuggestionOwner, VocabularyWord

# Owners written by this process before the first count; then at twice as many each time: statistics are never off by
# more than half, and a million pieces cost a dozen counts of some 0.2 s.
FIRST = 500
_TABLES = [
    model._meta.db_table for model in (SuggestionEntry, SuggestionKey, SuggestionOwner, SuggestionClaim, VocabularyWord)
]


class _Written:
    owners = 0
    due = FIRST


def owners_counted(count: int) -> bool:
    """So many owners were written and committed; gives whether the tables were counted for it. SQLite needs no count."""
    if connection.vendor != "postgresql":
        return False
    _Written.owners += count
    if _Written.owners < _Written.due:
        return False
    _Written.due = 2 * _Written.owners
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, _TABLES))}")
    return True
