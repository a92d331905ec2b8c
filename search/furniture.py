"""What a page of the admin has around its content: title, icon, the way there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def furniture(title: str, icon: str, trail: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Context of `wagtailadmin/generic/base.html`; `trail` are the pages between the admin's start and this one."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("首页")}
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [home, *trail, {"url": "", "label": title}],
    }
