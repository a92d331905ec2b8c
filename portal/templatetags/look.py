"""Parts of the look that stand on every page many times."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of static/icons/sprite.svg; always beside a word. `extra`: further classes ("icon-l")."""
    return _icon(name, extra, settings.STATIC_URL)


@lru_cache(maxsize=512)
def _icon(name: str, extra: str, _static_url: str) -> SafeString:
    return format_html(
        '<svg class="icon{}{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        " " if extra else "", extra, static("icons/sprite.svg"), name,
    )  # fmt: skip
