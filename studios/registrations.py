"""What `studios` tells the packages to its right: names of facets, tokens of memberships."""

from __future__ import annotations

from collections.abc import Iterable

from search import registry


def studio_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of studios by id, for the search facets."""
    from studios.models import Studio

    return dict(Studio.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def register_all() -> None:
    """Called once when the apps are ready."""
    registry.register_facet_labels("studio", studio_names)
