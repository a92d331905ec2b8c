"""Writes of insight: counts without persons, pins, drafts out of queries."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.core import signing
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Count
from django.utils import timezone

from people.audience.selectors import AnyUser
from people.errors import NotAllowed
from people.logs import record
from people.models import Posting, User
from search import registry
from search.analysis.query import analysed_query
from search.insight import buffer, rules
from search.insight.access import manages_pins, reads_insight
from search.insight.buffer import Asked, Opened
from search.insight.errors import NoDraftPlace, NothingToPin, PinTaken, TooManyPins
from search.insight.models import AskedCount, OpenedCount, Pin
from search.insight.registry import draft_kind, draft_places
from search.insight.selectors import piece_of

log = logging.getLogger(__name__)

OPENED_SALT = "search.opened"
OPENED_SECONDS = 24 * 3600
MOST_PINS = 3
LONGEST_TITLE = 80


def asked_record(*, text: str, total: int, user: AnyUser | None = None, filtered: bool = False) -> None:
    """Counts a search of a first page; never fails, writes nothing itself.

    The person is looked at when it is written down, for the trade alone, and not kept. A filtered search that found
    nothing is no gap, nor is one that only says what to leave out.
    """
    kept = rules.kept_text(text)
    if kept and not analysed_query(text).empty:
        person = getattr(user, "pk", None)
        buffer.add(Asked(timezone.localdate(), kept, total, total == 0 and not filtered, person))


def opened_token(*, text: str, kind: str, key: str, studio: int | None, rank: int) -> str:
    """What the results page gives a result so that its opening can be counted: signed, so nobody makes one up."""
    kept = rules.kept_text(text)
    return signing.dumps([kept, kind, key, studio, rank], salt=OPENED_SALT) if kept else ""


def opened_record(*, token: str) -> bool:
    """Counts that a result was opened, each token once; False for one that is not ours, too old, or of a kind unknown."""
    try:
        text, kind, key, studio, rank = signing.loads(token, salt=OPENED_SALT, max_age=OPENED_SECONDS)
    except signing.BadSignature:
        return False
    if kind not in registry.kinds():
        return False
    if cache.add(f"search.opened:{token[-43:]}", 1, OPENED_SECONDS):
        buffer.add(Opened(timezone.localdate(), text, kind, key, studio, rank))
    return True


def flush() -> int:
    """Writes down what waits in this process, one row each query and result; gives how many events.

    Where the database is away or busy everything waits for the next time.
    """
    events = buffer.take()
    if not events:
        return 0
    try:
        with transaction.atomic():
            _asked_write([event for event in events if isinstance(event, Asked)])
            _opened_write([event for event in events if isinstance(event, Opened)])
    except (DatabaseError, InterfaceError) as reason:
        buffer.give_back(events)
        log.warning("what was asked waits to be counted: %s", reason)
        return 0
    return len(events)


def _asked_write(events: list[Asked]) -> None:
    if not events:
        return
    trades = large_trades({event.person for event in events if event.person is not None})
    rows: dict[tuple[dt.date, str, int | None], AskedCount] = {}
    for event in events:
        trade = trades.get(event.person) if event.person is not None else None
        row = rows.setdefault(
            (event.date, event.text, trade),
            AskedCount(date=event.date, text=event.text, trade_id=trade, count=0, none=0),
        )
        row.count += 1
        row.none += event.none
        row.total = event.total
    AskedCount.objects.bulk_create(rows.values())


def large_trades(people: Iterable[int]) -> dict[int, int]:
    """Trades of these people today; none that so few have that it would name somebody."""
    open_rows = Posting.objects.filter(to_date=None, trade__isnull=False)
    found = dict(open_rows.filter(person__in=list(people)).values_list("person_id", "trade_id"))
    sizes = open_rows.filter(trade__in=set(found.values())).values("trade").annotate(people=Count("person"))
    large = {row["trade"] for row in sizes if row["people"] >= rules.TRADE_PEOPLE}
    return {person: trade for person, trade in found.items() if trade in large}


def _opened_write(events: list[Opened]) -> None:
    counts = Counter(events)
    OpenedCount.objects.bulk_create(
        OpenedCount(
            date=event.date,
            text=event.text,
            kind=event.kind,
            key=event.key,
            studio=event.studio,
            rank=event.rank,
            count=count,
        )
        for event, count in counts.items()
    )


def counts_prune(*, today: dt.date | None = None) -> int:
    """Removes counts older than 400 days and makes one row of those that belong together; gives how many went."""
    day = today or timezone.localdate()
    gone = 0
    for model in (AskedCount, OpenedCount):
        gone += model.objects.filter(date__lt=day - dt.timedelta(days=rules.KEPT_DAYS)).delete()[0]
    return gone + _asked_join() + _opened_join()


@transaction.atomic
def _asked_join() -> int:
    names = ("date", "text", "trade")
    return _join(AskedCount, names, {"count": "sum", "none": "sum", "wanted": "sum", "total": "last"})


@transaction.atomic
def _opened_join() -> int:
    return _join(OpenedCount, ("date", "text", "kind", "key", "studio", "rank"), {"count": "sum"})


def _join(model: type[AskedCount] | type[OpenedCount], names: tuple[str, ...], fields: dict[str, str]) -> int:
    """Makes one row of those that have the same names; the latest one's values where they do not add up."""
    several = model.objects.values(*names).annotate(rows=Count("pk")).filter(rows__gt=1)
    dates = sorted({group["date"] for group in several})
    gone = 0
    for date in dates:
        rows: dict[tuple[object, ...], list[AskedCount | OpenedCount]] = defaultdict(list)
        for row in model.objects.filter(date=date).order_by("pk"):
            rows[tuple(getattr(row, f"{name}_id" if name == "trade" else name) for name in names)].append(row)
        for group in rows.values():
            if len(group) == 1:
                continue
            first, last = group[0], group[-1]
            for field, how in fields.items():
                values = [getattr(row, field) for row in group]
                setattr(first, field, sum(values) if how == "sum" else getattr(last, field))
            first.save()
            gone += model.objects.filter(pk__in=[row.pk for row in group[1:]]).delete()[0]
    return gone


@transaction.atomic
def pin_save(
    *,
    actor: User,
    text: str,
    kind: str,
    key: str,
    pin: Pin | None = None,
    until_date: dt.date | None = None,
    note: str = "",
) -> Pin:
    """Puts a result first for a query. Raises NotAllowed, NothingToPin, PinTaken, TooManyPins."""
    if not manages_pins(actor):
        raise NotAllowed
    piece = piece_of(kind, key)
    normal = rules.pin_text(text)
    if piece is None or not normal:
        raise NothingToPin
    others = Pin.objects.filter(normal=normal).exclude(pk=pin.pk if pin else None)
    if others.filter(kind=kind, key=key).exists():
        raise PinTaken
    if sum(not other.over for other in others) >= MOST_PINS:
        raise TooManyPins
    row = pin or Pin(created_by=actor)
    row.text, row.normal, row.kind, row.key = text.strip(), normal, kind, key
    row.title, row.until_date, row.note = piece.title[:255], until_date, note
    row.save()
    record(actor=actor, action="search.pinned", target=row, data={"text": row.text, "title": row.title})
    return row


@transaction.atomic
def pin_delete(*, actor: User, pin: Pin) -> None:
    """The result stands where it stands by itself again. Raises NotAllowed."""
    if not manages_pins(actor):
        raise NotAllowed
    record(actor=actor, action="search.unpinned", target=pin, data={"text": pin.text, "title": pin.title})
    pin.delete()


@transaction.atomic
def draft_make(*, actor: User, kind: str, text: str, place: int) -> str:
    """A draft with the query as title, in a studio where the person writes; gives the address of its editor.

    Raises NotAllowed, NoDraftPlace.
    """
    found = draft_kind(kind)
    if not reads_insight(actor) or found is None:
        raise NotAllowed
    if place not in dict(draft_places(actor)):
        raise NoDraftPlace
    return found.make(actor, text.strip()[:LONGEST_TITLE], place)
