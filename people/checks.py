"""System checks: what was forgotten is named with the line to add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from people.audience.registry import audience_choices
from people.audience.rules import TOKEN_KINDS

AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
OURS = tuple(
    f"people.middleware.{name}"
    for name in ("AccessMiddleware", "LanguageMiddleware", "PasswordMiddleware", "RefusalMiddleware")
)


def choices_have_known_tokens(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Choices of audience are of kinds that tokens can have."""
    return [
        Error(
            f"register_audience_choices({kind.kind!r}, …): no token is of this kind.",
            hint=f"Use one of {', '.join(TOKEN_KINDS)}, or add the kind to people.audience.rules.TOKEN_KINDS.",
            id="people.E001",
        )
        for kind in audience_choices()
        if kind.kind not in TOKEN_KINDS
    ]


def middleware_stands_in_order(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Our middleware is there, after the one that knows the user."""
    standing = list(settings.MIDDLEWARE)
    after = standing[standing.index(AUTHENTICATION) :] if AUTHENTICATION in standing else []
    return [
        Error(
            f"{name} does not stand after {AUTHENTICATION}.",
            hint=f'Add "{name}" to MIDDLEWARE below it.',
            id="people.E002",
        )
        for name in OURS
        if name not in after
    ]
