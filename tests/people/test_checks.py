"""Checks that name what was forgotten."""

from __future__ import annotations

from typing import Any

from people import checks
from people.audience.registry import _choices, register_audience_choices


def test_the_site_as_it_stands_has_nothing_to_mend() -> None:
    assert checks.choices_have_known_tokens(None) == []
    assert checks.middleware_stands_in_order(None) == []


def test_a_choice_of_an_unknown_kind_is_named() -> None:
    register_audience_choices("planet", "行星", list)
    try:
        (error,) = checks.choices_have_known_tokens(None)
    finally:
        del _choices["planet"]
    assert error.id == "people.E001"
    assert "planet" in error.msg


def test_missing_middleware_is_named_with_the_line_to_add(settings: Any) -> None:
    settings.MIDDLEWARE = [checks.AUTHENTICATION, *checks.OURS[1:]]
    (error,) = checks.middleware_stands_in_order(None)
    assert checks.OURS[0] in error.hint
