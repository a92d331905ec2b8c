"""Where writes of files and collections enter. Each receiver calls a service."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from treebeard.mp_tree import path_updated
from wagtail.models import Collection, CollectionViewRestriction

from search.services import documents


def connect() -> None:
    """Called once when all apps are ready."""
    for searchable in documents.document_searchables():
        for event in (post_save, post_delete):
            event.connect(document_written, sender=searchable.model, dispatch_uid=f"search.file.{searchable.kind}")
    for event in (post_save, post_delete):
        event.connect(restriction_written, sender=CollectionViewRestriction, dispatch_uid="search.collection")
    through = CollectionViewRestriction.groups.through
    m2m_changed.connect(restriction_groups_changed, sender=through, dispatch_uid="search.collection_groups")
    path_updated.connect(collection_moved, sender=Collection, dispatch_uid="search.collection_moved")
    pre_delete.connect(group_deleting, sender=Group, dispatch_uid="search.collection_group_deleting")


def document_written(sender: type[Any], instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """A file was saved or deleted."""
    if not raw:
        documents.document_changed(document=instance)


def restriction_written(
    sender: type[CollectionViewRestriction], instance: CollectionViewRestriction, raw: bool = False, **_kwargs: Any
) -> None:
    """A restriction of a collection was set, changed or lifted."""
    if not raw:
        documents.collection_changed(path=instance.collection.path)


def restriction_groups_changed(sender: Any, instance: Any, action: str, **_kwargs: Any) -> None:
    """The groups of a restriction changed."""
    if action.startswith("post_") and isinstance(instance, CollectionViewRestriction):
        documents.collection_changed(path=instance.collection.path)


def collection_moved(sender: type[Collection], new_path: str, **_kwargs: Any) -> None:
    """A collection has another place, with all that is in it."""
    documents.collection_changed(path=new_path)


def group_deleting(sender: type[Group], instance: Group, **_kwargs: Any) -> None:
    """A restriction loses one of its groups, in the transaction of the deletion."""
    for collection in Collection.objects.filter(view_restrictions__groups=instance).distinct():
        documents.collection_changed(path=collection.path)
