"""System checks: a page type that can be found cannot be forgotten."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from search.pages import SearchablePageMixin, page_models
from search.services.pages import page_searchables


def pages_are_registered(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Every page model with `SearchablePageMixin` is registered, and says its passages itself."""
    known = {model for searchable in page_searchables() for model in searchable.models}
    found: list[CheckMessage] = []
    for model in page_models():
        label = model._meta.label
        if not getattr(model, "search_kind", ""):
            found.append(Error(f"{label} has no search_kind.", id="search.E001", obj=model))
        elif model not in known:
            found.append(
                Error(
                    f"{label} can be found but is not registered.",
                    hint=f"registry.register(PageSearchable({model.__name__}, label=…)) in the app's ready().",
                    id="search.E002",
                    obj=model,
                )
            )
        if model.search_passages is SearchablePageMixin.search_passages:
            found.append(Error(f"{label} does not say its search_passages().", id="search.E003", obj=model))
    return found


def register_all() -> None:
    """Called once when the site starts."""
    register(pages_are_registered)
