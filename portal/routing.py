"""The short way from an address to its page: by the stored path, not level by level.

Wagtail asks for each ancestor twice (base and specific row); a page four levels down costs it nine queries, this way
two. Which site is asked is looked up when somebody asks for it, and kept. Sites with several hosts, pages with routes
of their own and unknown addresses take Wagtail's way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

# Another process may change the sites; addresses built by Wagtail follow after an hour there.
KEPT_SECONDS = 60
_KEY = "portal:site"


@dataclass(frozen=True, slots=True)
class OnlySite:
    """The site with the places of its root in the tree and in addresses."""

    site: Site
    root_path: str
    root_url_path: str


class PageRouteMiddleware:
    """Finds the page of a request before Wagtail does, and leaves the answer where Wagtail looks first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> None:
        """A site that is looked up when it is asked for; the page for addresses of pages."""
        if view is not serve or not args:
            request._wagtail_site = SimpleLazyObject(lambda: _site_of(request))
            return
        site = only_site()
        if site is None:
            return
        request._wagtail_site = site.site
        page = page_at(site, args[0])
        if page is not None:
            request._wagtail_route_for_request = RouteResult(page)


def _site_of(request: HttpRequest) -> Site:
    """The site; a host that belongs to none gets one without pages, which is what no site means to addresses."""
    site = only_site()
    return site.site if site else Site._find_for_request(request) or Site()


def only_site() -> OnlySite | None:
    """The site, where there is only one; the host does not matter then."""
    kept: list[OnlySite] | None = cache.get(_KEY)
    if kept is None:
        sites = list(Site.objects.select_related("root_page")[:2])
        alone = len(sites) == 1 and sites[0].is_default_site
        kept = [_kept(sites[0])] if alone else []
        cache.set(_KEY, kept, KEPT_SECONDS)
    return kept[0] if kept else None


def _kept(site: Site) -> OnlySite:
    root = site.root_page
    return OnlySite(Site.objects.get(pk=site.pk), root.path, root.url_path)


def site_forget(**_signal: object) -> None:
    """A site was saved or deleted."""
    cache.delete(_KEY)


def page_at(site: OnlySite, path: str) -> Page | None:
    """The live page at a path below the site's root in its specific form; None where Wagtail should look itself."""
    pages = Page.objects.filter(url_path=site.root_url_path + path, live=True).order_by()
    found = pages.filter(path__startswith=site.root_path).values_list("pk", "content_type_id").first()
    if found is None:
        return None
    pk, content_type_id = found
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None or model.route is not Page.route:
        return None
    return model._default_manager.filter(pk=pk).first()
