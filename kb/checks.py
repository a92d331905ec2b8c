"""System checks: a kind of page that lacks something is named, with the line to add."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from kb.models import KnowledgePage
from search import registry


@register()
def knowledge_pages_are_whole(**_: Any) -> list[CheckMessage]:
    """Every kind of knowledge page is found, listed and drawn (architecture.md, "Adding things")."""
    from kb.pages.selectors import LISTS

    found: list[CheckMessage] = []
    for model in KnowledgePage.__subclasses__():
        name = model.__name__
        kind = getattr(model, "search_kind", "")
        if kind not in registry.kinds():
            hint = f"Add {name} to PAGES in kb/searchables.py."
            found.append(Error(f"{name} is not found by the search.", hint=hint, obj=model, id="kb.E001"))
        if model not in LISTS.values():
            hint = f"Add {name} to LISTS in kb/pages/selectors.py and its list_name to kb/urls.py."
            found.append(Error(f"{name} stands in no list.", hint=hint, obj=model, id="kb.E002"))
        template = f"kb/bodies/{kind}.html"
        try:
            get_template(template)
        except TemplateDoesNotExist:
            hint = f"Write templates/{template}."
            found.append(Error(f"{name} has no template.", hint=hint, obj=model, id="kb.E003"))
    return found
