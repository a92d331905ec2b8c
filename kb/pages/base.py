"""What every knowledge page has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kb.files.reading.films import page_film_passages
from kb.pages.block_ids import own_blocks
from kb.pages.blocks import AttachmentsBlock
from kb.pages.forms import KnowledgePageForm
from kb.pages.tags import Tag
from kb.publishing.models import Release
from kb.publishing.panels import StatePanel
from people.models import Trade
from people.requests import PersonRequest
from search.pages import SearchablePageMixin
from search.registry import Passage
from studios.models import Equipment, Studio, StudioPage

KNOWLEDGE_TYPES = ["kb.OperatingMethodPage", "kb.CasePage", "kb.TextbookPage", "kb.CoursewarePage"]


class KnowledgePage(SearchablePageMixin, Page):
    """A page of knowledge that a studio publishes: it is drafted, reviewed and released in numbered versions."""

    trades = ParentalManyToManyField(Trade, blank=True, related_name="+", verbose_name=_("工种"))
    equipment = ParentalManyToManyField(Equipment, blank=True, related_name="+", verbose_name=_("设备"))
    tags = ParentalManyToManyField(Tag, blank=True, related_name="+", verbose_name=_("标签"))
    authors = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("作者（本工作室）")
    )
    authors_text = models.CharField(
        _("其他作者"), max_length=200, blank=True, help_text=_("不在本工作室的人，写姓名和单位。")
    )
    attachments = StreamField(AttachmentsBlock(required=False), blank=True, verbose_name=_("文件和视频"))
    related = StreamField(
        [("page", blocks.PageChooserBlock(page_type=KNOWLEDGE_TYPES, label=_("页面")))],
        blank=True,
        verbose_name=_("相关内容"),
    )
    change_note = models.TextField(
        _("这次改了什么"),
        blank=True,
        validators=[MaxLengthValidator(400)],
        help_text=_("一两句话。审核人先看这里，读者在版本记录里看到。"),
    )
    significance = models.CharField(
        _("改动大小"), max_length=5, choices=Release.Significance.choices, default=Release.Significance.MINOR
    )
    blocks_of = models.UUIDField(null=True, editable=False)

    base_form_class = KnowledgePageForm
    parent_page_types = ["studios.StudioPage"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    exclude_fields_in_copy: ClassVar[list[str]] = [*SearchablePageMixin.exclude_fields_in_copy, "change_note"]

    class Meta:
        abstract = True

    # What a kind of page defines --------------------------------------------------------------------------------

    @property
    def lead(self) -> str:
        """The sentence that says what the page is for, shown in lists and results."""
        raise NotImplementedError

    def places(self) -> Iterator[Passage]:
        """The page's text by place, in reading order; the first place is the page's top."""
        raise NotImplementedError

    @property
    def body_template(self) -> str:
        """The template of what a release of this kind shows."""
        return f"kb/bodies/{self.search_kind}.html"

    def contents(self) -> list[dict[str, Any]]:
        """The page's contents list: `{anchor, label}` and, for a step, its `number`."""
        return []

    # Where it is read: the studio of the release that is being drawn, which may have no place in the tree any more.
    drawn_for: Release | None = None

    # What all share ---------------------------------------------------------------------------------------------

    @cached_property
    def studio(self) -> Studio:
        """The studio that publishes the page."""
        if self.drawn_for is not None and self.drawn_for.studio is not None:
            return self.drawn_for.studio
        return StudioPage.objects.ancestor_of(self).select_related("studio__unit").get().studio

    @property
    def author_names(self) -> str:
        """Those who made it, as it is written below the title."""
        return "、".join(filter(None, [*(person.name for person in self.authors.all()), self.authors_text.strip()]))

    @classmethod
    def long_fields(cls) -> list[str]:
        """Names of the fields that only the page itself shows: lists leave them where they are."""
        return [field.name for field in cls._meta.get_fields() if isinstance(field, StreamField)]

    def search_passages(self) -> Iterable[Passage]:
        return [place for place in [*self.places(), *page_film_passages(self)] if place.text.strip()]

    def films(self) -> list[tuple[int, int]]:
        """Ids of the page's films and of their subtitles; those without subtitles are left out."""
        videos = (block.value for block in self.attachments if block.block_type == "video")
        shown = ((value["video"], value["subtitles"]) for value in videos)
        return [(film.pk, subtitles.pk) for film, subtitles in shown if film and subtitles]

    @classmethod
    def search_prepare(cls, pages: Sequence[Any]) -> None:
        """Fetches newest releases and studios of many pages in two queries; people and trades are prefetched."""
        from kb.publishing.selectors import latest_releases

        releases = latest_releases(page.page_key for page in pages)
        parents = {page.path[: -cls.steplen] for page in pages}
        studios = {row.path: row.studio for row in StudioPage.objects.filter(path__in=parents).select_related("studio")}
        for page in pages:
            page.newest_release = releases.get(page.page_key)
            if page.path[: -cls.steplen] in studios:
                page.studio = studios[page.path[: -cls.steplen]]

    @cached_property
    def newest_release(self) -> Release | None:
        """The newest release, without its content."""
        from kb.publishing.selectors import latest_release

        return latest_release(self.page_key)

    def search_facts(self) -> dict[str, Any]:
        release = self.newest_release
        return {
            "studio": self.studio.pk,
            "trades": tuple(trade.pk for trade in self.trades.all()),
            "equipment": tuple(item.name for item in self.equipment.all()),
            "date": release.released_at.date() if release else None,
            "release": release.number if release else 0,
            "summary": self.lead,
            "facts": {"authors": self.author_names},
        }

    def save(self, *args: Any, **kwargs: Any) -> Any:
        own_blocks(self)
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        own_blocks(self)
        return super().save_revision(*args, **kwargs)

    def serve(self, request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from kb.pages.reading import page_serve

        return page_serve(self, request)

    def serve_preview(self, request: PersonRequest, mode_name: str) -> HttpResponse:
        from kb.pages.reading import preview_serve

        return preview_serve(self, request)

    about_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("authors", widget=forms.CheckboxSelectMultiple),
                FieldPanel("authors_text"),
            ],
            heading=_("谁做出来的"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("trades", widget=forms.CheckboxSelectMultiple),
                FieldPanel("equipment", widget=forms.CheckboxSelectMultiple),
                FieldPanel("tags", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("给谁用、用在什么设备上"),
        ),
        FieldPanel("attachments"),
        FieldPanel("related"),
    ]
    release_panels: ClassVar[list[Any]] = [
        FieldPanel("own_audience"),
        MultiFieldPanel([FieldPanel("change_note"), FieldPanel("significance")], heading=_("交审核时告诉负责人")),
    ]
    first_panels: ClassVar[list[Any]] = [StatePanel()]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug"), FieldRowPanel([FieldPanel("script")])]
    settings_panels: ClassVar[list[Any]] = Page.settings_panels
