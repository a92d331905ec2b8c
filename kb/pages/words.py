"""Small helpers for words and figures of knowledge pages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def plain_number(value: Decimal | float | int | str) -> str:
    """A figure as people write it: `0.20` → `0.2`, `5E+1` → `50`."""
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def lines(text: str) -> list[str]:
    """The lines of a text that is written one thing a line; empty ones are dropped."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def joined(parts: Iterable[object]) -> str:
    """The parts that are not empty, a line each."""
    return "\n".join(str(part) for part in parts if part)
