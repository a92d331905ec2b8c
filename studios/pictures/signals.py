"""Where writes change which pictures a page shows: each receiver calls one service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.models import Page

from studios.models import Leader, Studio
from studios.pictures import services

# Fields of the base page: none holds a picture, and Wagtail saves them on objects that may hold a draft.
BASE_FIELDS = frozenset(field.name for field in Page._meta.get_fields())


def page_saved(
    sender: type, instance: Any, raw: bool = False, update_fields: Iterable[str] | None = None, **_kwargs: Any
) -> None:
    """A page was saved (published, taken down, copied), whatever its type."""
    if raw or not isinstance(instance, Page):
        return
    if update_fields is None and type(instance) is not Page:
        services.page_pictures_write(page=instance)
    elif update_fields is None or not BASE_FIELDS.issuperset(update_fields):
        services.page_pictures_write(page=Page.objects.get(pk=instance.pk).specific)


def studio_saved(sender: type, instance: Studio, raw: bool = False, **_kwargs: Any) -> None:
    """The record was written, perhaps with another photograph of the plaque."""
    if not raw:
        services.studio_pictures_write(studio=instance)


def leader_written(sender: type, instance: Leader, raw: bool = False, **_kwargs: Any) -> None:
    """A leader came, went or has another portrait."""
    if not raw:
        services.studio_pictures_write(studio=instance.studio)


def migrated(app_config: AppConfig, using: str, **_kwargs: Any) -> None:
    """After the last app is migrated, when all that may show pictures is there."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if app_config.label == last.label and using == "default":
        services.picture_uses_begin()


def connect() -> None:
    """Called once when the app is ready. Page types of packages above are known by their class alone."""
    post_save.connect(page_saved, dispatch_uid="studios.page_pictures")
    post_save.connect(studio_saved, sender=Studio, dispatch_uid="studios.studio_pictures")
    for event in (post_save, post_delete):
        event.connect(leader_written, sender=Leader, dispatch_uid="studios.leader_pictures")
    post_migrate.connect(migrated, dispatch_uid="studios.pictures_begin")
