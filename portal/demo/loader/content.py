"""Reads the demo's texts and names its files; every key becomes the same UUID on every load."""

from __future__ import annotations

import copy
import uuid
from pathlib import Path
from typing import Any

import yaml

DEMO = Path(__file__).resolve().parent.parent
CONTENT = DEMO / "content"
FILES = DEMO / "files"
NAMESPACE = uuid.UUID("6f1d7c1e-2b54-5a0e-9c39-6d1f5b0a7e42")

Data = dict[str, Any]


def key(*words: object) -> uuid.UUID:
    """A UUID that depends on the words alone."""
    return uuid.uuid5(NAMESPACE, "/".join(str(word) for word in words))


def read(name: str) -> Data:
    """One file of `content`, by its path without the suffix."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def read_folder(name: str) -> list[Data]:
    """All files of a folder of `content`, in the order of their names."""
    return [read(f"{name}/{path.stem}") for path in sorted((CONTENT / name).glob("*.yaml"))]


def methods() -> list[Data]:
    """The published operating methods."""
    return read_folder("methods")


def cases() -> list[Data]:
    """The published cases, each with its studio."""
    return [{"studio": group["studio"], **case} for group in read_folder("cases") for case in group["cases"]]


def earlier(data: Data, changes: dict[str, Any]) -> Data:
    """The text as it stood before: each dotted path set to its old value, or taken out where that is None.

    Items are taken out last, from the back, so that the paths hold whatever their order.
    """
    old = copy.deepcopy(data)
    for path in sorted(changes, reverse=True):
        *way, last = path.split(".")
        place: Any = old
        for word in way:
            place = place[int(word)] if isinstance(place, list) else place[word]
        where: Any = int(last) if isinstance(place, list) else last
        if changes[path] is None:
            del place[where]
        else:
            place[where] = changes[path]
    return old
