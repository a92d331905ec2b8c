"""Reports of errors (pages for developers, mails) without what is secret."""

from __future__ import annotations

import re
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

_SECRET = re.compile(r"(?<=://)[^/@\s]*@")


def without_passwords(text: str) -> str:
    """The text with user and password of every address in it taken out."""
    return _SECRET.sub("***@", text)


class WithoutPasswords(SafeExceptionReporterFilter):
    """Django hides settings by their names; addresses have passwords inside."""

    def cleanse_setting(self, key: Any, value: Any) -> Any:
        """Hidden by its name, as Django does it; else without user and password of an address."""
        cleansed = super().cleanse_setting(key, value)
        return without_passwords(cleansed) if isinstance(cleansed, str) else cleansed

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> list[tuple[str, Any]]:
        """The variables of a frame, addresses without user and password."""
        told = super().get_traceback_frame_variables(request, tb_frame)
        return [(name, without_passwords(value) if isinstance(value, str) else value) for name, value in told]
