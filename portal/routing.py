"""The short way from an address to its page: by the stored path, not level by level.

Wagtail asks for each ancestor twice (base and specific row); a page four levels down costs it nine queries, this way
two. Sites with several hosts, pages with routes of their own and unknown addresses take Wagtail's way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve


class PageRouteMiddleware:
    """Finds the page of a request before Wagtail does, and leaves the answer where Wagtail looks first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> None:
        """Only for addresses of pages."""
        if view is not serve or not args:
            return
        site = _only_site()
        if site is None:
            return
        request._wagtail_site = site
        page = page_at(site, args[0])
        if page is not None:
            request._wagtail_route_for_request = RouteResult(page)


def _only_site() -> Site | None:
    """The site, where there is only one; the host does not matter then."""
    sites = list(Site.objects.select_related("root_page")[:2])
    return sites[0] if len(sites) == 1 and sites[0].is_default_site else None


def page_at(site: Site, path: str) -> Page | None:
    """The live page at a path below the site's root in its specific form; None where Wagtail should look itself."""
    address = site.root_page.url_path + path
    page = Page.objects.filter(url_path=address, path__startswith=site.root_page.path, live=True).first()
    if page is None:
        return None
    specific = page.specific
    return specific if type(specific).route is Page.route else None
