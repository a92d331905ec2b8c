"""Which script a person reads in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import Refusal
from people.models import User
from people.script.rules import CHOICES


class ScriptUnknown(Refusal):
    """There is no such script to read in."""

    code = "script_unknown"
    message = _("没有这种文字。请选原文、简体或繁体。")
    status = 400


def script_set(*, person: User, script: str) -> None:
    """Keeps the person's choice. Raises `ScriptUnknown`."""
    if script not in CHOICES:
        raise ScriptUnknown
    if person.reading_script != script:
        person.reading_script = script
        person.save(update_fields=["reading_script"])
