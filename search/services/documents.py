"""Changes of files and of the collections that they lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from search import registry
from search.documents import DocumentSearchable
from search.services.objects import objects_changed

Follower = Callable[[Iterable[int]], Iterable[int]]
_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Called with the ids of files that changed, or whose readers did, for what else shows their words.

    It gives the ids of further files that change with them.
    """
    _followers.append(follower)


def document_searchables() -> list[DocumentSearchable]:
    """The registered kinds that are files."""
    return [found for found in registry.kinds().values() if isinstance(found, DocumentSearchable)]


def document_changed(*, document: Any) -> None:
    """A file was written or deleted, in its own transaction."""
    for searchable in document_searchables():
        if isinstance(document, searchable.model):
            _changed(searchable.kind, [document.pk])


def collection_changed(*, path: str) -> None:
    """A collection was moved or its restrictions changed: every file in it and below may be seen by others now."""
    for searchable in document_searchables():
        files = searchable.model._default_manager.filter(collection__path__startswith=path)
        _changed(searchable.kind, list(files.values_list("pk", flat=True)))


def _changed(kind: str, file_ids: list[int]) -> None:
    # All in one call, which takes the locks in one order: a film and its subtitles may be saved at the same time.
    further = [pk for follower in _followers for pk in follower(file_ids)]
    objects_changed(kind, (str(pk) for pk in (*file_ids, *further)))
