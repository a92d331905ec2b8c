"""What of courses can be found: courses, and lessons of every type under one kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from courses.lessons.pages import CoursePage
from courses.lessons.registry import lesson_types
from search import registry
from search.pages import PageSearchable
from search.registry import Piece


class LessonSearchable(PageSearchable):
    """Lessons: the pages of all lesson types have the kind `lesson`. A lesson of a course that is down is down too."""

    shown_as_new = False

    def __init__(self) -> None:
        found = tuple(lesson_types().values())
        super().__init__(found[0], label=_("课"), weight=0.4)
        self.parts = [_OfLiveCourse(model, label=self.label) for model in found if model.is_found]
        self.models: tuple[type[Any], ...] = found

    def keys(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.keys()

    def build_many(self, keys: Sequence[str]) -> dict[str, Piece]:
        found: dict[str, Piece] = {}
        for part in self.parts:
            wanted = [key for key in keys if key not in found]
            if wanted:
                found |= part.build_many(wanted)
        return found


class _OfLiveCourse(PageSearchable):
    """One lesson type."""

    def indexable(self) -> Any:
        parent = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - self.model.steplen)
        live = CoursePage.objects.filter(live=True, path=parent)
        return super().indexable().filter(Exists(live))


def register_all() -> None:
    """Called once when the apps are ready."""
    registry.register(PageSearchable(CoursePage, label=_("课程"), prefetch=("trades",), weight=0.7))
    registry.register(LessonSearchable())
