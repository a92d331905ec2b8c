"""Reads of what was read from files."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from wagtail.permissions import policy_registry

from kb.files.models import File
from kb.files.reading.labels import part_data
from kb.files.reading.models import FilePart, FileReading, PartKind
from people.models import User
from search.registry import Passage


def file_passages(file_ids: Iterable[int]) -> dict[int, list[Passage]]:
    """The places of files with their words, in reading order, by id of the file.

    As labels the index holds what the file itself says (`labels.part_data`); each reader's language makes names of it.
    """
    parts = FilePart.objects.filter(file_id__in=list(file_ids), is_searched=True).exclude(text="")
    found: dict[int, list[Passage]] = {}
    for part in parts.order_by("file_id", "ordinal").defer("layout"):
        found.setdefault(part.file_id, []).append(Passage(part.locator, part_data(part), _words(part)))
    return found


def file_lengths(file_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """How many `pages` or `slides` files have, by id; in one query."""
    names = {PartKind.PAGE: "pages", PartKind.SLIDE: "slides"}
    rows = FilePart.objects.filter(file_id__in=list(file_ids), kind__in=names).values("file_id", "kind")
    counted = rows.annotate(count=Count("pk")).order_by()
    return {row["file_id"]: {names[row["kind"]]: str(row["count"])} for row in counted}


def _words(part: FilePart) -> str:
    """The path of headings belongs to the words of a section that does not begin with it."""
    above = part.title.rpartition(" › ")[0] if part.kind == "section" else ""
    return f"{above}\n{part.text}" if above else part.text


def looks_after_files(user: User) -> bool:
    """Whether the person may put in, change or delete files anywhere."""
    return bool(policy_registry.get_by_type(File).user_has_any_permission(user, ["add", "change", "delete"]))


def files_looked_after(user: User) -> QuerySet[File]:
    """Files that the person may change or delete: a master those of the studio, an editor all."""
    files: QuerySet[File] = policy_registry.get_by_type(File).instances_user_has_any_permission_for(
        user, ["change", "delete"]
    )
    return files


def readings_looked_after(user: User) -> QuerySet[FileReading]:
    """The readings of those files, with what the report says of each."""
    wanted = files_looked_after(user).values("pk")
    return FileReading.objects.filter(file__in=wanted).select_related("file__collection", "file__uploaded_by_user")
