"""Where Wagtail's own writes enter: saving, deleting, moving and restricting pages. Each receiver calls a service."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, get_page_models

from search import registry
from search.pages import PageSearchable, page_models
from search.services import pages

# Fields of a draft: what readers see does not change with them.
DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "locked",
    "locked_at",
    "locked_by",
    "live_revision",
    "last_published_at",
    "first_published_at",
}


def connect() -> None:
    """Called once when all apps are ready."""
    for model in {Page, *get_page_models()}:
        pre_save.connect(page_saving, sender=model, dispatch_uid=f"search.saving.{model._meta.label}")
        post_save.connect(page_saved, sender=model, dispatch_uid=f"search.saved.{model._meta.label}")
    for model in page_models():
        post_delete.connect(page_removed, sender=model, dispatch_uid=f"search.removed.{model._meta.label}")
    for event in (post_save, post_delete):
        event.connect(restriction_written, sender=PageViewRestriction, dispatch_uid="search.restriction")
    m2m_changed.connect(
        restriction_groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search.restriction_groups"
    )
    pre_delete.connect(group_deleting, sender=Group, dispatch_uid="search.group_deleting")
    post_delete.connect(group_deleted, sender=Group, dispatch_uid="search.group_deleted")
    for searchable in registry.kinds().values():
        if isinstance(searchable, PageSearchable):
            _follow(searchable)


def _follow(searchable: PageSearchable) -> None:
    for model, lookup in searchable.follows.items():
        post_save.connect(
            partial(shown_row_saved, searchable, lookup),
            sender=model,
            weak=False,
            dispatch_uid=f"search.shown.{searchable.kind}.{model._meta.label}",
        )


def _draft_only(update_fields: Iterable[str] | None) -> bool:
    return update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)


def page_saving(
    sender: type[Page], instance: Page, raw: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    """Remembers whether this save changes the addresses of what stands below (a new slug, a move)."""
    instance._search_moves = False
    if raw or instance.pk is None or (update_fields is not None and "url_path" not in update_fields):
        return
    before = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()
    instance._search_moves = before is not None and before != instance.url_path


def page_saved(
    sender: type[Page], instance: Page, raw: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    """Inside `Page.save`'s own transaction: the page is sent again, after a move everything below it too."""
    if raw or _draft_only(update_fields):
        return
    if instance._search_moves:
        pages.subtree_changed(page=instance)
    else:
        pages.page_changed(page=instance)


def page_removed(sender: type[Page], instance: Any, **_kwargs: Any) -> None:
    """Inside the transaction of the deletion, once for each page of the subtree."""
    pages.page_deleted(page=instance)


def restriction_written(
    sender: type[PageViewRestriction], instance: PageViewRestriction, raw: bool = False, **_kwargs: Any
) -> None:
    """A restriction was set, changed or lifted (a page that is being deleted has no rows left to write)."""
    if not raw:
        pages.restrictions_changed(pages=Page.objects.filter(pk=instance.page_id))


def restriction_groups_changed(sender: Any, instance: Any, action: str, **_kwargs: Any) -> None:
    """The groups of a restriction changed, which Wagtail writes after the restriction itself."""
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        pages.restrictions_changed(pages=Page.objects.filter(pk=instance.page_id))


def group_deleting(sender: type[Group], instance: Group, **_kwargs: Any) -> None:
    """Remembers the pages whose restrictions name the group: their rows go without a signal of their own."""
    instance._search_pages = list(Page.objects.filter(view_restrictions__groups=instance).distinct())


def group_deleted(sender: type[Group], instance: Group, **_kwargs: Any) -> None:
    """A restriction that names no group any more lets nobody in."""
    pages.restrictions_changed(pages=getattr(instance, "_search_pages", ()))


def shown_row_saved(
    searchable: PageSearchable, lookup: str, *, instance: Any, raw: bool = False, **_kwargs: Any
) -> None:
    """A row that pages show (a studio's record) was saved."""
    if not raw:
        pages.pages_showing(searchable=searchable, row=instance, lookup=lookup)
