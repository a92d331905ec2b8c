"""Reads of files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.images import get_image_model

from kb.files.models import File
from people.audience.selectors import may_see_document
from people.models import User


def files_for(reader: User | AnonymousUser, listed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The attachments of a page that the reader may have, as `{"files": […], "videos": […]}`.

    A file has an audience of its own, never that of the page: what a reader may not have is not even named.
    """
    wanted = {item[name] for item in listed for name in ("file", "video", "subtitles") if item.get(name)}
    if not wanted:
        return {"files": [], "videos": []}
    rows = File.objects.filter(pk__in=wanted).select_related("collection")
    given = {row.pk: row for row in rows if may_see_document(reader, row)}
    posters = get_image_model().objects.in_bulk({item["poster"] for item in listed if item.get("poster")})
    files = [{"file": given[item["file"]], "note": item["note"]} for item in listed if item.get("file") in given]
    videos = [
        {
            "video": given[item["video"]],
            "note": item["note"],
            "subtitles": given.get(item["subtitles"]),
            "poster": posters.get(item["poster"]),
        }
        for item in listed
        if item.get("video") in given
    ]
    return {"files": files, "videos": videos}
