"""What was asked and opened in this process, until the companion writes it down. Appending cannot fail and costs nothing."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

# A process that cannot write for long forgets the oldest.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. `person` is used for the trade's count alone and never written."""

    date: dt.date
    text: str
    total: int
    none: bool
    person: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """One result that was opened."""

    date: dt.date
    text: str
    kind: str
    key: str
    studio: int | None
    rank: int


_waiting: deque[Asked | Opened] = deque(maxlen=MOST)


def add(event: Asked | Opened) -> None:
    """Keeps an event for the next flush."""
    _waiting.append(event)


def take() -> list[Asked | Opened]:
    """Everything that waits, which waits no more."""
    return list(_drained())


def give_back(events: list[Asked | Opened]) -> None:
    """What could not be written waits again."""
    _waiting.extendleft(reversed(events))


def _drained() -> Iterator[Asked | Opened]:
    while True:
        try:
            yield _waiting.popleft()
        except IndexError:
            return
