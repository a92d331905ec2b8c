"""Changes of pages: their audience is written anew and they are to be sent again, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from wagtail.models import Page

from people.audience import page_audience_refresh
from search import registry
from search.pages import PageSearchable, SearchablePageMixin
from search.services.objects import objects_changed


def page_searchables() -> list[PageSearchable]:
    """The registered kinds that are pages."""
    return [found for found in registry.kinds().values() if isinstance(found, PageSearchable)]


@transaction.atomic
def page_changed(*, page: Page) -> None:
    """One page was written; what stands below it is as before."""
    page_audience_refresh(page=page, below=False)
    model: Any = page.specific_class
    kind = getattr(model, "search_kind", None)
    if kind not in registry.kinds():
        return
    keys = [page.page_key] if isinstance(page, SearchablePageMixin) else _keys(model, Page.objects.filter(pk=page.pk))
    objects_changed(kind, (str(key) for key in keys))


@transaction.atomic
def subtree_changed(*, page: Page) -> None:
    """The address or the restrictions of a page and of everything below it changed, and of their aliases elsewhere."""
    page_audience_refresh(page=page)
    below = Page.objects.filter(path__startswith=page.path)
    _changed(below)
    aliases = Page.objects.filter(alias_of__path__startswith=page.path).exclude(path__startswith=page.path)
    for alias in aliases:
        page_audience_refresh(page=alias)
        _changed(Page.objects.filter(path__startswith=alias.path))


def page_deleted(*, page: SearchablePageMixin) -> None:
    """A page is being deleted, in the transaction of its deletion."""
    if page.search_kind in registry.kinds():
        objects_changed(page.search_kind, [str(page.page_key)])


def pages_showing(*, searchable: PageSearchable, row: models.Model, lookup: str) -> None:
    """A row that these pages show was written."""
    keys = searchable.model._default_manager.filter(**{lookup: row}).values_list("page_key", flat=True)
    objects_changed(searchable.kind, (str(key) for key in keys))


@transaction.atomic
def restrictions_changed(*, pages: Iterable[Page]) -> None:
    """View restrictions on these pages were set, changed or lifted."""
    for page in pages:
        subtree_changed(page=page)


def _changed(pages: QuerySet[Any]) -> None:
    """Raises the wanted version of those of the pages that can be found, whether they may be now or not."""
    for searchable in page_searchables():
        for model in searchable.models:
            objects_changed(searchable.kind, (str(key) for key in _keys(model, pages)))


def _keys(model: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    return model._default_manager.filter(pk__in=pages.values("pk")).values_list("page_key", flat=True)
