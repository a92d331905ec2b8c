"""Rows of the editors' dictionary: words of the trades, short forms, what is called otherwise elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from people.models import Trade, User
from portal.demo.loader.content import read
from search.dictionary.models import Term
from search.dictionary.rules import plain
from search.dictionary.services import term_save

EDITOR = "E0001"


def terms_load(people: Mapping[str, User]) -> int:
    """Adds what is not there yet, as the person who would add it; gives how many rows were added."""
    trades = {trade.code: trade for trade in Trade.objects.all()}
    known = set(Term.objects.values_list("kind", "normal"))
    rows = [row for row in read("terms")["terms"] if (row["kind"], plain(row["text"])) not in known]
    for row in rows:
        term_save(
            actor=people[row.get("by", EDITOR)],
            kind=row["kind"],
            text=row["text"],
            meaning=row.get("meaning", ""),
            note=row.get("note", ""),
            trade=trades[row["trade"]] if "trade" in row else None,
        )
    return len(rows)
