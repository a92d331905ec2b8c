"""Turns the demo's plain texts into the raw data of stream fields, with block ids that never change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape

from portal.demo.loader.content import Data, key
from portal.demo.loader.media import picture_get
from studios.models import Studio

Block = dict[str, Any]


def block(kind: str, slug: str, name: object, value: Any) -> Block:
    """One block of a stream; its id depends on the page's slug and the name alone."""
    return {"type": kind, "id": str(key(slug, kind, name)), "value": value}


def stream(kind: str, slug: str, values: Iterable[Any]) -> list[Block]:
    """A stream whose blocks are named by their order."""
    return [block(kind, slug, number, value) for number, value in enumerate(values, start=1)]


def paragraphs(text: str) -> str:
    """Plain text as rich text, a paragraph a line."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def steps(slug: str, rows: list[Data], studio: Studio) -> list[Block]:
    """The steps of a method. A step's id hangs on its title, so that it stays when steps move."""
    return [block("step", slug, row["title"], _step(slug, row, studio)) for row in rows]


def _step(slug: str, row: Data, studio: Studio) -> Data:
    name = f"{slug}/{row['title']}"
    safety = [{"kind": _sign(row["safety"]), "text": row["safety"]}] if row.get("safety") else []
    return {
        "title": row["title"],
        "action": row["action"],
        "key_point": row.get("key_point", ""),
        "reason": row.get("why", ""),
        "safety": stream("item", f"{name}/safety", safety),
        "right": _picture(row.get("right"), studio),
        "wrong": _picture(row.get("wrong"), studio),
        "values": stream("item", f"{name}/values", [value(item) for item in row.get("values", ())]),
    }


def _sign(text: str) -> str:
    return "prohibition" if text.startswith("禁止") else "mandatory"


def _picture(row: Data | None, studio: Studio) -> Data:
    if row is None:
        return {"picture": None, "caption": ""}
    return {"picture": picture_get(row["picture"], row["alt"], studio).pk, "caption": row["caption"]}


def picture(name: str, alt: str, caption: str, studio: Studio) -> Data:
    """The value of a picture block."""
    return {"picture": picture_get(name, alt, studio).pk, "caption": caption}


def value(row: Data) -> Data:
    """The value of a block of a figure to check."""
    limits = {"minimum": "min", "maximum": "max", "target": "target"}
    figures = {name: str(row[short]) if row.get(short) is not None else None for name, short in limits.items()}
    return {"name": row["name"], "unit": row["unit"], **figures}


def applied(row: Data) -> Data:
    """The value of a block that says where a method is used."""
    return {"where": row["where"], "since_date": row["since_date"].isoformat(), "by": row["by"]}
