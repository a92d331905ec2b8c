"""The switch between scripts, and with it the conversion of the page on which it stands."""

from __future__ import annotations

from typing import Any

from django import template

from people.script.parts import as_content, content_apart, in_script, words_script, written
from people.script.rules import ORIGINAL, script_guess
from people.script.selectors import script_of

register = template.Library()

register.filter("script_guess", script_guess)
register.filter("written", written)
register.filter("as_content", as_content)
register.filter("words_script", words_script)
register.filter("content_apart", content_apart)
register.simple_tag(in_script)


@register.inclusion_tag("people/script_switch.html", takes_context=True)
def script_switch(context: dict[str, Any], quiet: bool = False) -> dict[str, Any]:
    """Original, Simplified, Traditional. The page's content follows the reader's choice.

    `quiet`: shown only to a reader who does not see the original.
    """
    request = context.get("request")
    if request is None:
        return {"shown": False}
    request.has_script_switch = True
    chosen = script_of(request)
    return {
        "shown": not quiet or chosen != ORIGINAL,
        "chosen": chosen,
        "is_original": chosen == ORIGINAL,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
