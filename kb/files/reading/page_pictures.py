"""Pictures of pages in the storage of files: put there before the rows that name them, removed after those are gone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files import File as DjangoFile

from kb.files.reading.models import FilePart
from kb.files.storage import files_storage

ROOT = "pages"
MOST_PICTURES = 300
MOST_PICTURE_BYTES = 4_000_000


def pictures_store(place: Path, drawn: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Copies what a child drew into the storage, under a name that cannot be guessed; facts by number of the page."""
    storage = files_storage()
    folder = f"{ROOT}/{secrets.token_hex(8)}"
    stored: dict[int, dict[str, Any]] = {}
    for about in drawn:
        number = about.get("number")
        if type(number) is not int or not 0 < number <= MOST_PICTURES or number in stored:
            continue
        names = {}
        for field, made in (("picture", f"{number}.webp"), ("thumbnail", f"{number}-s.webp")):
            path = place / made
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_PICTURE_BYTES:
                with path.open("rb") as content:
                    names[field] = storage.save(f"{folder}/{made}", DjangoFile(content))
        if len(names) == 2:
            stored[number] = about | names
    return stored


def picture_names(file_id: int) -> list[str]:
    """What the file's parts name in the storage."""
    rows = FilePart.objects.filter(file_id=file_id).exclude(picture="").values_list("picture", "thumbnail")
    return [name for row in rows for name in row if name]


def pictures_remove(names: Iterable[str]) -> None:
    """Out of the storage, with the folders that they leave empty. What is gone already is passed over."""
    storage = files_storage()
    folders = set()
    for name in names:
        storage.delete(name)
        folders.add(name.rpartition("/")[0])
    for folder in folders:
        try:
            storage.delete(folder)
        except OSError:
            pass  # not empty, or no folder at all in a store of objects
