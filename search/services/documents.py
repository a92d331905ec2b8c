"""Changes of files and of the collections that they lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from search import registry
from search.documents import DocumentSearchable
from search.services.objects import objects_changed

_followers: list[Callable[[Iterable[int]], None]] = []


def register_follower(follower: Callable[[Iterable[int]], None]) -> None:
    """Called with the ids of files that changed, or whose readers did, for what else shows their words."""
    _followers.append(follower)


def document_searchables() -> list[DocumentSearchable]:
    """The registered kinds that are files."""
    return [found for found in registry.kinds().values() if isinstance(found, DocumentSearchable)]


def document_changed(*, document: Any) -> None:
    """A file was written or deleted, in its own transaction."""
    for searchable in document_searchables():
        if isinstance(document, searchable.model):
            objects_changed(searchable.kind, [str(document.pk)])
            _follow([document.pk])


def collection_changed(*, path: str) -> None:
    """A collection was moved or its restrictions changed: every file in it and below may be seen by others now."""
    for searchable in document_searchables():
        files = searchable.model._default_manager.filter(collection__path__startswith=path)
        keys = list(files.values_list("pk", flat=True))
        objects_changed(searchable.kind, (str(key) for key in keys))
        _follow(keys)


def _follow(file_ids: list[int]) -> None:
    for follower in _followers:
        follower(file_ids)
