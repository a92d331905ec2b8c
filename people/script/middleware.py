"""Shows a page's content in the script that its reader chose."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape, unescape

from django.http import HttpRequest, HttpResponse

from people.script.rules import ORIGINAL, Page, page_converted
from people.script.selectors import script_of

MARKS = re.compile(r'(<template data-marks=")([^"]*)(")')


class ScriptMiddleware:
    """Converts answers on which a template put the switch (`{% script_switch %}`); all others pass untouched.

    Stands inside the middleware that knows the user and the length of the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(request, "has_script_switch", False) or response.streaming:
            return response
        script = script_of(request)
        if script != ORIGINAL and response.get("Content-Type", "").startswith("text/html"):
            page = page_converted(response.content.decode(response.charset), script)
            response.content = MARKS.sub(lambda found: found[1] + _marks(found[2], page) + found[3], page.html)
        return response


def _marks(told: str, page: Page) -> str:
    """The words that a script marks in the page, as the page writes them now."""
    return escape(json.dumps(page.words(json.loads(unescape(told))), ensure_ascii=False))
