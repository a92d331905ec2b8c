"""Reads of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser

from kb.files.models import File
from kb.files.viewing.rules import place_asked
from people.audience import may_see_document
from people.models import User


def files_for(reader: User | AnonymousUser, listed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The attachments of a page that the reader may have, as `{"files": […], "videos": […]}`.

    A file has an audience of its own, never that of the page: what a reader may not have is not even named.
    """
    wanted = {item[name] for item in listed for name in ("file", "video", "subtitles") if item.get(name)}
    if not wanted:
        return {"files": [], "videos": []}
    rows = File.objects.filter(pk__in=wanted).select_related("collection")
    given = {row.pk: row for row in _given(reader, rows)}
    files = [{"file": given[item["file"]], "note": item["note"]} for item in listed if item.get("file") in given]
    videos = [
        {
            "video": given[item["video"]],
            "note": item["note"],
            "subtitles": given.get(item["subtitles"]),
            "poster": item["poster"],
        }
        for item in listed
        if item.get("video") in given
    ]
    return {"files": files, "videos": videos}


def film_opened(videos: list[dict[str, Any]], at: str, seconds: str) -> list[dict[str, Any]]:
    """The videos, the first that has subtitles with the moment (ms) at which it was opened: a page has one clock.

    `at` is a locator of its subtitles (`cue:83000`), `seconds` a moment as people write it (83).
    """
    kind, moment = place_asked(at, "", seconds)
    film = next((video for video in videos if video["subtitles"]), None) or next(iter(videos), None)
    if kind == "cue" and film is not None:
        film["at_ms"] = int(moment.partition(".")[0])
        film["seconds"] = f"{film['at_ms'] / 1000:g}"
    return videos


def _given(reader: User | AnonymousUser, rows: Iterable[File]) -> Iterator[File]:
    """Those that the reader may have; asked once for all files of one collection with one audience of their own."""
    answers: dict[tuple[int, tuple[str, ...]], bool] = {}
    for row in rows:
        place = (row.collection_id, tuple(row.own_audience))
        if place not in answers:
            answers[place] = may_see_document(reader, row)
        if answers[place]:
            yield row
