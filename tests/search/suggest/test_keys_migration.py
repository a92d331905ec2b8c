"""Suggestions of the release before get the ranks and spellings of this one."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from search.models import SuggestionKey
from search.suggest.services import owner_suggestions_set, term_entries

migration = import_module("search.migrations.0006_openings_and_folded_keys")
pytestmark = pytest.mark.django_db


def keys() -> set[tuple[int, bytes, int, int]]:
    rows = SuggestionKey.objects.values_list("entry_id", "key", "head", "rank")
    return {(entry, bytes(key), head, rank) for entry, key, head, rank in rows}


def test_keys_are_as_if_they_were_written_now_and_back_again():
    names = ["带压堵漏操作法", "YJV-22 电缆接头", "女工绿化", "粉尘净化与装卸", "CO2 焊"]
    owner_suggestions_set(kind="term", key="1", entries=term_entries(names))
    now = keys()
    migration.keys_unfold(apps, None)
    with connection.cursor() as cursor:
        cursor.execute(migration.BACKWARD)
    before = keys()
    assert max(rank for _entry, _key, _head, rank in before) < 60_000
    with connection.cursor() as cursor:
        cursor.execute(migration.FORWARD)
    migration.keys_fold(apps, None)
    assert now == keys() != before
