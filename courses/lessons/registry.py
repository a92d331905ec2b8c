"""The lesson types that are installed, by key."""

from __future__ import annotations

from typing import TypeVar

from courses.lessons.pages import LessonPage
from courses.lessons.rules import Rule

_types: dict[str, type[LessonPage]] = {}

T = TypeVar("T", bound=type[LessonPage])


def lesson_type(page_class: T) -> T:
    """Class decorator that adds a lesson type; raises ValueError where its key is taken."""
    if page_class.type_key in _types:
        raise ValueError(f"lesson type registered twice: {page_class.type_key}")
    _types[page_class.type_key] = page_class
    return page_class


def lesson_types() -> dict[str, type[LessonPage]]:
    """All types by key, in the order of registration."""
    return dict(_types)


def lesson_rules() -> dict[str, Rule]:
    """The completion rules by type key, as the fold wants them."""
    return {key: page_class.rule for key, page_class in _types.items()}
