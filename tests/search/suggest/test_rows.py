"""Many small rows in one statement, alike on both databases."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext

from search.suggest.models import SuggestionEntry, SuggestionKey, VocabularyWord
from search.suggest.rows import rows_insert

pytestmark = pytest.mark.django_db

WORD = ("word", "audience", "weight", "sound", "fuzzy")


def test_rows_stand_as_they_were_given_and_a_second_time_changes_nothing():
    rows = [("堵漏", 7, 1, "du lou", "du lou"), ("yjv-22", 7, 2, "", "")]
    rows_insert(VocabularyWord, WORD, rows)
    rows_insert(VocabularyWord, WORD, [("堵漏", 7, 3, "", ""), ("阀门", 7, 1, "fa men", "fa men")])
    stored = VocabularyWord.objects.filter(audience=7).order_by("pk").values_list(*WORD)
    assert list(stored) == [*rows, ("阀门", 7, 1, "fa men", "fa men")]


def test_bytes_and_the_number_of_another_row_are_taken():
    entry = SuggestionEntry.objects.create(digest="d", kind="method", label="带压堵漏", audience=7)
    rows_insert(SuggestionKey, ("entry", "key", "head", "rank"), [(entry.pk, b"dydl", 100, 5)])
    key = entry.keys.get()
    assert (bytes(key.key), key.head, key.rank) == (b"dydl", 100, 5)


def test_a_thousand_rows_are_one_statement_on_postgresql_and_none_cost_nothing():
    with CaptureQueriesContext(connection) as queries:
        rows_insert(VocabularyWord, WORD, [])
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        rows_insert(VocabularyWord, WORD, [(f"词{number}", 7, 1, "", "") for number in range(1_000)])
    assert len(queries) == 1
    assert VocabularyWord.objects.filter(audience=7).count() == 1_000


def test_a_text_that_is_too_long_is_never_cut():
    row = ("长" * 25, 7, 1, "", "")
    if connection.vendor == "postgresql":  # SQLite knows no lengths
        with pytest.raises(DataError), transaction.atomic():
            rows_insert(VocabularyWord, WORD, [row])
    else:
        rows_insert(VocabularyWord, WORD, [row])
        assert VocabularyWord.objects.get(audience=7).word == row[0]
