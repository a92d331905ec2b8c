"""What a Wagtail page needs in order to be found: a key of its own, an audience, its passages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import AudienceFieldMixin
from search.registry import Passage


class Script(models.TextChoices):
    """The script a text is written in; a field, not a tree of locales."""

    HANS = "zh-Hans", _("简体")
    HANT = "zh-Hant", _("繁体")


class SearchablePageMixin(AudienceFieldMixin):
    """Abstract base of pages that can be found. `page_key` survives edits and moves; a copy gets a new one."""

    search_kind: ClassVar[str]

    page_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    script = models.CharField(_("文字"), max_length=7, choices=Script.choices, default=Script.HANS)

    exclude_fields_in_copy: ClassVar[list[str]] = ["page_key"]

    class Meta:
        abstract = True

    def search_passages(self) -> Iterable[Passage]:
        """The page's text by place, in reading order."""
        raise NotImplementedError

    def search_facts(self) -> dict[str, Any]:
        """Further fields of `Piece` by name: studio, trades, equipment, date, release, summary, facts."""
        return {}
