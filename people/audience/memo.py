"""What was already asked during one request. Outside a request nothing is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_memo: ContextVar[dict[Any, Any] | None] = ContextVar("people_access_memo", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remembers access stamps until the block ends; a change of access inside it forgets them."""
    handle = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(handle)


def recall(key: Any) -> Any | None:
    """What was kept under the key in this request, or None."""
    memo = _memo.get()
    return None if memo is None else memo.get(key)


def keep(key: Any, value: Any) -> None:
    """Keeps a value until the request ends or access changes."""
    memo = _memo.get()
    if memo is not None:
        memo[key] = value


def forget() -> None:
    """Forgets everything that was kept in this request."""
    memo = _memo.get()
    if memo is not None:
        memo.clear()
