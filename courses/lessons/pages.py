"""The course page, and what every lesson page has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from courses.lessons.rules import Rule
from people.models import Trade
from search.pages import SearchablePageMixin
from search.registry import Passage
from studios.models import Studio


def _studios_at(paths: Iterable[str]) -> QuerySet[Studio]:
    return Studio.objects.filter(page__path__in=list(paths)).select_related("page")


class CoursePage(SearchablePageMixin, Page):
    """A course of a studio. Its lessons are the pages below it, in their order; `course_key` is its page key."""

    search_kind = "course"

    aims = models.TextField(_("学完会做什么"), help_text=_("一行一条，用“能……”开头。"))
    summary = models.CharField(_("一句话介绍"), max_length=200, blank=True)
    duration_note = models.CharField(
        _("怎样安排时间"), max_length=120, blank=True, help_text=_("例如：分三次学完，每次二十分钟。")
    )
    trades = ParentalManyToManyField(Trade, blank=True, related_name="+", verbose_name=_("适用工种"))
    cover = models.ForeignKey(
        "studios.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("封面")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("aims"),
        FieldPanel("duration_note"),
        FieldPanel("trades"),
        FieldPanel("cover"),
    ]
    settings_panels = [*Page.settings_panels, FieldPanel("script"), FieldPanel("own_audience")]
    parent_page_types = ["studios.StudioPage"]
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("课程")
        verbose_name_plural = pgettext_lazy("many", "课程")

    @property
    def course_key(self) -> Any:
        """The key under which enrolments, events and releases know this course."""
        return self.page_key

    @cached_property
    def studio(self) -> Studio | None:
        """The studio on whose page the course stands."""
        return Studio.objects.filter(page__path=self.path[: -self.steplen]).first()

    @classmethod
    def search_prepare(cls, pages: Sequence[Any]) -> None:
        """Fetches the studios of many courses in one query."""
        parents = {page.path[: -cls.steplen] for page in pages}
        studios = {studio.page.path: studio for studio in _studios_at(parents)}
        for page in pages:
            page.studio = studios.get(page.path[: -cls.steplen])

    @property
    def aim_lines(self) -> list[str]:
        """The aims, one a line."""
        return [line.strip() for line in self.aims.splitlines() if line.strip()]

    def search_passages(self) -> Iterable[Passage]:
        yield Passage("", str(_("课程介绍")), "\n".join(filter(None, [self.summary, self.aims])))

    def search_facts(self) -> dict[str, Any]:
        return {
            "studio": self.studio.pk if self.studio else None,
            "trades": tuple(sorted(trade.pk for trade in self.trades.all())),
            "summary": self.summary or (self.aim_lines or [""])[0],
            "date": self.last_published_at.date() if self.last_published_at else None,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.views.course import course_context

        return {**super().get_context(request, *args, **kwargs), **course_context(request, self)}


class LessonPage(SearchablePageMixin, Page):
    """Base of all lesson types: a subclass, its rule and its template are a type (see docs/how-to/add-a-lesson-type).

    `type_key` and `rule` are what the outline of a release and the fold of events use; `player_template` shows the
    lesson with the released content.
    """

    search_kind = "lesson"
    type_key: ClassVar[str]
    type_label: ClassVar[Any]
    type_icon: ClassVar[str] = "book-open"
    player_template: ClassVar[str]
    rule: ClassVar[Rule]
    can_be_confirmed: ClassVar[bool] = False
    can_be_played: ClassVar[bool] = False
    # Whether search finds lessons of this type: one that only points to another page would stand before that page.
    is_found: ClassVar[bool] = True

    introduction = models.TextField(
        _("学之前"), blank=True, help_text=_("一两句话：带着什么问题去学、看的时候注意什么。")
    )
    required = models.BooleanField(_("必修"), default=True, help_text=_("学完课程必须完成这一课。"))
    minutes = models.PositiveSmallIntegerField(_("大约几分钟"), default=5, validators=[MaxValueValidator(600)])

    lesson_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("required"), FieldPanel("minutes")], heading=_("要求"))
    ]
    settings_panels = [*Page.settings_panels, FieldPanel("script")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def lesson_key(self) -> Any:
        """The key under which progress and events know this lesson: new on copy, kept on move, reorder and edit."""
        return self.page_key

    @cached_property
    def course(self) -> CoursePage:
        """The course above."""
        return CoursePage.objects.get(path=self.path[: -self.steplen])

    @classmethod
    def search_prepare(cls, pages: Sequence[Any]) -> None:
        """Fetches the courses of many lessons, with their trades and studios, in three queries."""
        parents = {page.path[: -cls.steplen] for page in pages}
        courses = list(CoursePage.objects.filter(path__in=parents).prefetch_related("trades"))
        CoursePage.search_prepare(courses)
        by_path = {course.path: course for course in courses}
        for page in pages:
            if page.path[: -cls.steplen] in by_path:
                page.course = by_path[page.path[: -cls.steplen]]

    def own_clauses(self) -> list[list[str]]:
        """A lesson has no audience of its own: whoever may see the course may see it."""
        return self.course.own_clauses()

    def rule_params(self) -> dict[str, Any]:
        """Parameters of the completion rule, as the outline stores them."""
        return {}

    def released_content(self) -> dict[str, Any]:
        """What a release keeps of this lesson, JSON-able, so that the learner sees what he enrolled for."""
        return {}

    @classmethod
    def released_pictures(cls, content: Mapping[str, Any]) -> Iterable[int]:
        """Ids of the pictures that released content shows; who may see the course may see them."""
        return ()

    @staticmethod
    def rule_words(params: Mapping[str, Any]) -> str:
        """The rule in words, shown before the lesson starts."""
        raise NotImplementedError

    @classmethod
    def player_context(cls, request: HttpRequest, content: Mapping[str, Any]) -> dict[str, Any]:
        """What the template needs besides the released content."""
        return {}

    def search_facts(self) -> dict[str, Any]:
        return {**self.course.search_facts(), "summary": self.course.title}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The player shows lessons; it knows the learner's enrolment."""
        address = reverse("courses:lesson", args=[self.course.page_key, self.page_key])
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The author sees the lesson as the learner will, nothing recorded."""
        from courses.views.lesson import lesson_preview

        return lesson_preview(request, self)
