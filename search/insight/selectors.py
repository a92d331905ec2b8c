"""Reads of insight: queries, openings, pins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from people.audience import reads_all, visible_audience_ids
from people.audience.selectors import AnyUser
from people.models import Posting, Trade
from search import registry
from search.analysis import dictionary
from search.insight import access, rules
from search.insight.models import AskedCount, OpenedCount, Pin
from search.registry import Piece

MOST_ROWS = 1000
QUERIES_SHOWN = 3


def asked_rows(
    *, user: AnyUser, since: dt.date, none_only: bool, trade: int | None = None, text: str = ""
) -> QuerySet[AskedCount, dict[str, Any]]:
    """Queries as dictionaries: text, times, nothing, days, found, wanted, last. Of those that found nothing what readers
    handed on comes first, then what found nothing most often.

    Editors see what found nothing from its first time, masters what was handed on; everything else is shown once it was
    asked often enough to be nobody's own.
    """
    rows = AskedCount.objects.filter(date__gte=since)
    if trade is not None:
        rows = rows.filter(trade=trade)
    if text:
        rows = rows.filter(text__contains=rules.pin_text(text))
    found = rows.values("text").annotate(
        times=Sum("count"),
        nothing=Sum("none"),
        days=Count("date", distinct=True),
        found=Max("total"),
        wanted=Sum("wanted"),
        last=Max("date"),
    )
    found = found.filter(Q(nothing__gt=0) | Q(wanted__gt=0) if none_only else Q(times__gt=0))
    if not (none_only and access.sees_all(user)):
        often = Q(times__gte=rules.SHOWN_TIMES) | Q(days__gte=rules.SHOWN_DAYS)
        found = found.filter(often | Q(wanted__gt=0) if none_only else often)
    order = ("-wanted", "-nothing", "-times", "text") if none_only else ("-times", "text")
    return found.order_by(*order)


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """A result that was opened: how often, at which rank on average, after which queries."""

    kind_label: str
    title: str
    url: str
    times: int
    rank: float
    queries: tuple[str, ...]
    last: dt.date


def opened_rows(*, user: AnyUser, since: dt.date, text: str = "") -> list[OpenedRow]:
    """What was opened from results, most often first; a master's are those of his studios. Never what he may not see."""
    rows = OpenedCount.objects.filter(date__gte=since)
    if not access.sees_all(user):
        rows = rows.filter(studio__in=access.own_studios(user))
    if text:
        rows = rows.filter(text__contains=rules.pin_text(text))
    grouped = rows.values("kind", "key").annotate(
        times=Sum("count"), ranks=Sum(F("rank") * F("count")), last=Max("date")
    )
    found = list(grouped.order_by("-times", "kind", "key")[:MOST_ROWS])
    names = [(row["kind"], row["key"]) for row in found]
    pieces = visible_pieces(user, names)
    queries = _queries_of(rows, since)
    return [
        OpenedRow(
            kind_label=str(registry.get(row["kind"]).label),
            title=piece.title,
            url=piece.url,
            times=row["times"],
            rank=round(row["ranks"] / row["times"], 1),
            queries=tuple(queries.get((row["kind"], row["key"]), ())[:QUERIES_SHOWN]),
            last=row["last"],
        )
        for row in found
        if (piece := pieces.get((row["kind"], row["key"]))) is not None
    ]


def _queries_of(rows: QuerySet[OpenedCount], since: dt.date) -> dict[tuple[str, str], list[str]]:
    """The queries that led to each result, those alone that may be shown."""
    asked = AskedCount.objects.filter(date__gte=since).values("text")
    counted = asked.annotate(times=Sum("count"), days=Count("date", distinct=True))
    shown = {row["text"] for row in counted if rules.may_be_shown(row["times"], row["days"])}
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows.values("kind", "key", "text").annotate(times=Sum("count")).order_by("-times", "text"):
        if row["text"] in shown:
            found.setdefault((row["kind"], row["key"]), []).append(row["text"])
    return found


def own_trade(user: AnyUser) -> Trade | None:
    """The person's trade today."""
    row = Posting.objects.select_related("trade").filter(person=user.pk, to_date=None).first()
    return row.trade if row else None


def piece_of(kind: str, key: str) -> Piece | None:
    """The current state of a thing that can be found."""
    searchable = registry.kinds().get(kind)
    return searchable.build(key) if searchable is not None else None


def visible_pieces(user: AnyUser, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Piece]:
    """The current pieces of these things that the person may see."""
    audiences = None if reads_all(user) else visible_audience_ids(user)
    found: dict[tuple[str, str], Piece] = {}
    for kind in {kind for kind, _key in names}:
        searchable = registry.kinds().get(kind)
        if searchable is None:
            continue
        pieces = searchable.build_many([key for other, key in names if other == kind])
        found |= {
            (kind, key): piece for key, piece in pieces.items() if audiences is None or piece.audience in audiences
        }
    return found


def pins_for(text: str) -> list[Pin]:
    """Pins in force for a query in any of its spellings, the oldest first: one query."""
    today = timezone.localdate()
    asked = rules.spellings(text, dictionary.current())
    rows = Pin.objects.filter(Q(until_date=None) | Q(until_date__gte=today), normal__in=asked).order_by("pk")
    return list({(pin.kind, pin.key): pin for pin in reversed(rows)}.values())[::-1]


def pinned(user: AnyUser, text: str) -> list[Piece]:
    """Results that editors put first for a query, those that the reader may see. One query where there is none."""
    names = [(pin.kind, pin.key) for pin in pins_for(text)]
    if not names:
        return []
    pieces = visible_pieces(user, names)
    return [pieces[name] for name in names if name in pieces]


def dead_pins() -> set[int]:
    """Ids of pins whose result is gone: deleted, unpublished, or closed to search."""
    pins = list(Pin.objects.values_list("pk", "kind", "key"))
    alive: set[tuple[str, str]] = set()
    for kind, searchable in registry.kinds().items():
        keys = [key for _pk, other, key in pins if other == kind]
        alive |= {(kind, key) for key in (searchable.build_many(keys) if keys else ())}
    return {pk for pk, kind, key in pins if (kind, key) not in alive}
