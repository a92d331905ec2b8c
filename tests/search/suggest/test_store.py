"""Several writers at once neither lose an entry nor leave one behind."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import OperationalError, connection

from search.models import SuggestionEntry, SuggestionOwner
from search.suggest.entries import PERSON, Entry, entries_digest, entry_keys
from search.suggest.store import owners_write

WRITERS, ROUNDS, OWNERS = 3, 25, 6
NAMES = ("秦一", "尤二", "许三", "何四")


def _round(chance: random.Random) -> dict[tuple[str, str], list[Entry]]:
    """Some owners, each with some of the same four people, or with nothing any more."""
    return {
        ("case", str(number)): [Entry(PERSON, name, 1) for name in chance.sample(NAMES, chance.randrange(3))]
        for number in chance.sample(range(OWNERS), 3)
    }


def _write(seed: int, wrong: list[BaseException]) -> None:
    chance = random.Random(seed)
    try:
        for _number in range(ROUNDS):
            owners_write(_round(chance))
    except OperationalError as reason:
        # The database may end one of two that wait for each other; the drain would simply try again.
        if "deadlock" not in str(reason):
            wrong.append(reason)
    except Exception as reason:  # noqa: BLE001 - shown by the test itself
        wrong.append(reason)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_owners_share_is_there_as_long_as_one_has_it():
    wrong: list[BaseException] = []
    writers = [threading.Thread(target=_write, args=(seed, wrong)) for seed in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert wrong == []
    for owner in SuggestionOwner.objects.prefetch_related("entries"):
        entries = [Entry(one.kind, one.label, one.audience) for one in owner.entries.all()]
        assert owner.digest == entries_digest(entries)
    for entry in SuggestionEntry.objects.prefetch_related("keys", "owners"):
        assert entry.owners.all(), "nobody has it"
        keys = {bytes(one.key): one.rank for one in entry.keys.all()}
        assert keys == entry_keys(Entry(entry.kind, entry.label, entry.audience))
    owners_write({("case", str(number)): [] for number in range(OWNERS)})
    assert not SuggestionEntry.objects.exists()
