"""What a Wagtail page needs in order to be found: a key of its own, an audience, its passages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from people.models import AudienceFieldMixin
from search.registry import Passage, Piece

PIECE_FACTS = {"studio", "trades", "equipment", "language", "date", "release", "summary", "file_type", "facts"}


class Script(models.TextChoices):
    """The script a text is written in; a field, not a tree of locales."""

    HANS = "zh-Hans", _("简体")
    HANT = "zh-Hant", _("繁体")


class SearchablePageMixin(AudienceFieldMixin):
    """Abstract base of pages that can be found; stands before `Page` among the bases.

    `page_key` survives edits and moves; a copy and an alias get a new one.
    """

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
        """Further fields of `Piece` by name: studio, trades, equipment, date, release, summary, file_type, facts."""
        return {}

    def with_content_json(self, content: Any) -> Any:
        """A revision is of this page, whatever key its content names: an alias is fed its source's content."""
        page = super().with_content_json(content)
        page.page_key = self.page_key
        return page

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As `Page.save`; a new alias, which Wagtail copies with every field, gets a key of its own."""
        if self._state.adding and self.alias_of_id:
            self.page_key = uuid.uuid4()
        super().save(*args, **kwargs)


class PageSearchable:
    """Makes a page model findable: `registry.register(PageSearchable(CasePage, label=_("案例")))`.

    `prefetch` names relations that `search_passages` and `search_facts` read. `follows` says which rows beside the
    page its text shows, as {model: lookup from the page to the row}; saving such a row re-indexes its pages.
    `models` are all models whose pages have this kind: one, unless a subclass gathers several. `shown_as_new` False:
    its pages are parts of another and do not stand among what was published lately.
    `weight`: above 1 for what readers want first, below 1 for what only points to it.
    A model may have a class method `search_prepare(pages)` that fetches for many pages what each would ask for alone.
    """

    shown_as_new: ClassVar[bool] = True

    def __init__(
        self,
        model: type[Any],
        *,
        label: object,
        select: Sequence[str] = (),
        prefetch: Sequence[str] = (),
        follows: Mapping[type[models.Model], str] | None = None,
        weight: float = 1.0,
    ) -> None:
        self.model = model
        self.models: tuple[type[Any], ...] = (model,)
        self.kind: str = model.search_kind
        self.label = label
        self.select = tuple(select)
        self.prefetch = tuple(prefetch)
        self.follows = dict(follows or {})
        self.weight = weight

    def indexable(self) -> QuerySet[Any]:
        """The one predicate of what may be found: live, not expired, with an audience that is known.

        A page under a shared password has no audience, so it is never found.
        """
        return self.model._default_manager.filter(
            live=True, expired=False, page_audience__audience__isnull=False
        ).order_by("pk")

    def keys(self) -> Iterator[str]:
        """Keys of all pages of the model that may be found."""
        for key in self.indexable().values_list("page_key", flat=True).iterator():
            yield str(key)

    def build(self, key: str) -> Piece | None:
        """The page's current piece, or None where it may not be found."""
        return self.build_many([key]).get(key)

    def build_many(self, keys: Sequence[str]) -> dict[str, Piece]:
        """Pieces of those of the keys that may be found."""
        page_keys = [key for key in keys if is_uuid(key)]
        pages = self.indexable().filter(page_key__in=page_keys).select_related("page_audience", *self.select)
        found = list(pages.prefetch_related(*self.prefetch))
        if hasattr(self.model, "search_prepare"):
            self.model.search_prepare(found)
        pieces = (page_piece(page) for page in found)
        return {piece.key: piece for piece in pieces if piece is not None}


def is_uuid(key: str) -> bool:
    """A stray thing in the index may have any key; no page has it then."""
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True


def page_piece(page: Any) -> Piece | None:
    """A page as a piece; None where it has no address (outside every site)."""
    url = page.get_url()
    if url is None:
        return None
    facts = page.search_facts()
    unknown = set(facts) - PIECE_FACTS
    if unknown:
        raise ValueError(f"{type(page).__name__}.search_facts gives unknown fields: {sorted(unknown)}")
    return Piece(
        kind=page.search_kind,
        key=str(page.page_key),
        title=page.title,
        passages=tuple(page.search_passages()),
        audience=page.page_audience.audience_id,
        url=url,
        **{"language": page.script, **facts},
    )


def page_models() -> list[type[Page]]:
    """Every concrete page model that can be found."""
    return [model for model in _subclasses(SearchablePageMixin) if not model._meta.abstract]


def _subclasses(base: type) -> Iterator[Any]:
    for model in base.__subclasses__():
        yield model
        yield from _subclasses(model)
