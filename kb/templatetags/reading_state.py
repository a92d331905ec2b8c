"""How far the reading of a file is, for the page on which the file is edited."""

from __future__ import annotations

from typing import Any

from django import template

from kb.files.models import File
from kb.files.reading.models import FileReading
from kb.files.reading.report import RETRIED, reading_said

register = template.Library()


@register.simple_tag
def reading_state(file: File) -> dict[str, Any] | None:
    """The reading in words and whether it may be asked for again; None where there is none yet."""
    reading = FileReading.objects.select_related("file__uploaded_by_user").filter(file=file).first()
    return {"reading": reading_said(reading), "may_retry": reading.state in RETRIED} if reading else None
