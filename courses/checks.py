"""System checks: a lesson type that lacks a part is named, with the line to add."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from courses.lessons.pages import LessonPage
from courses.lessons.registry import lesson_types


@register()
def lesson_types_check(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Every lesson page is a registered type with a rule, its words, and a template that exists."""
    found: list[CheckMessage] = []
    registered = set(lesson_types().values())
    for page_class in apps.get_models():
        if issubclass(page_class, LessonPage):
            found.extend(lesson_type_faults(page_class, registered))
    return found


def lesson_type_faults(page_class: type[LessonPage], registered: set[type[LessonPage]]) -> list[CheckMessage]:
    """What one lesson page class lacks."""
    found: list[CheckMessage] = []
    if page_class not in registered:
        hint = f"Put @lesson_type above class {page_class.__name__} (courses.lessons.registry)."
        found.append(Error("lesson page is no registered lesson type", hint=hint, obj=page_class, id="courses.E001"))
    for name in ("type_key", "type_label", "player_template", "rule"):
        if not hasattr(page_class, name):
            hint = f"Add `{name} = …` to class {page_class.__name__}."
            found.append(Error(f"lesson type has no {name}", hint=hint, obj=page_class, id="courses.E002"))
    if page_class.rule_words is LessonPage.rule_words:
        hint = f"Add a static method `rule_words(params)` to class {page_class.__name__}."
        found.append(Error("lesson type cannot say its rule in words", hint=hint, obj=page_class, id="courses.E003"))
    if template := getattr(page_class, "player_template", None):
        try:
            get_template(template)
        except TemplateDoesNotExist:
            hint = f"Write templates/{template}."
            found.append(Error("lesson type has no template", hint=hint, obj=page_class, id="courses.E004"))
    return found
