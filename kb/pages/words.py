"""Small helpers for words and figures of knowledge pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext


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


def step_name(locator: str, label: str) -> str:
    """What a place of a method is called in the reader's language: `第7步 升压观察` → `Step 7 升压观察`."""
    step = re.fullmatch(r"第([0-9]+)步 ?(.*)", label) if locator.startswith("step:") else None
    if step is None:
        return gettext(label) if label else ""
    return f"{gettext('第%(number)s步') % {'number': step[1]}} {step[2]}".strip()
