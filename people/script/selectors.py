"""In which script a request is read."""

from __future__ import annotations

from django.http import HttpRequest

from people.script.rules import CHOICES, ORIGINAL

COOKIE = "script"


def script_of(request: HttpRequest) -> str:
    """`original`, `zh-Hans` or `zh-Hant`: the person's choice, the public's by a cookie."""
    user = request.user
    asked = user.reading_script if user.is_authenticated else request.COOKIES.get(COOKIE, ORIGINAL)
    return asked if asked in CHOICES else ORIGINAL
