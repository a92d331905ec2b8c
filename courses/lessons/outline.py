"""The outline of a course release as plain values: what is required and by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

SCHEMA = 1


@dataclass(frozen=True)
class OutlineLesson:
    """One lesson. `number` counts from 1; `rule` holds the parameters of its type's completion rule."""

    key: str
    type: str
    title: str
    number: int
    required: bool = True
    minutes: int = 0
    rule: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outline:
    """What one release of a course asks for. `release` is the id of its row."""

    release: int
    title: str
    lessons: tuple[OutlineLesson, ...]

    @cached_property
    def by_key(self) -> dict[str, OutlineLesson]:
        """Lessons by key."""
        return {lesson.key: lesson for lesson in self.lessons}

    @cached_property
    def required(self) -> tuple[OutlineLesson, ...]:
        """What must be done; where nothing is marked as required, everything is: no course finishes by doing nothing."""
        return tuple(lesson for lesson in self.lessons if lesson.required) or self.lessons

    @property
    def minutes(self) -> int:
        """How long the whole course takes, as its author says."""
        return sum(lesson.minutes for lesson in self.lessons)


def outline_from_json(release: int, title: str, data: Mapping[str, Any]) -> Outline:
    """Reads the stored form; raises ValueError for a schema that this code does not know."""
    if data["schema"] != SCHEMA:
        raise ValueError(f"unknown outline schema: {data['schema']}")
    return Outline(
        release,
        title,
        tuple(
            OutlineLesson(
                key=item["key"],
                type=item["type"],
                title=item["title"],
                number=number,
                required=item["required"],
                minutes=item["minutes"],
                rule=item["rule"],
            )
            for number, item in enumerate(data["lessons"], start=1)
        ),
    )


@dataclass(frozen=True)
class OutlineChange:
    """What differs for a learner who moves from one outline to another."""

    added: tuple[OutlineLesson, ...]
    removed: tuple[OutlineLesson, ...]
    changed: tuple[OutlineLesson, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def outline_change(old: Outline, new: Outline) -> OutlineChange:
    """Lessons added, removed, or asked for in another way (rule, requirement, title)."""

    def asks(lesson: OutlineLesson) -> tuple[Any, ...]:
        return lesson.title, lesson.type, lesson.required, dict(lesson.rule)

    return OutlineChange(
        added=tuple(lesson for lesson in new.lessons if lesson.key not in old.by_key),
        removed=tuple(lesson for lesson in old.lessons if lesson.key not in new.by_key),
        changed=tuple(
            lesson
            for lesson in new.lessons
            if lesson.key in old.by_key and asks(lesson) != asks(old.by_key[lesson.key])
        ),
    )
