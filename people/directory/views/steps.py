"""One way to ask for something by a form and do it: used by every page that changes people or units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from people.access import require_role
from people.directory.selectors import READERS, WRITERS
from people.errors import NotAllowed, Refusal

for_readers = require_role(*READERS)
for_writers = require_role(*WRITERS)
# A form of `people.directory.forms`, or one with something more given.
FormMaker = Callable[..., forms.Form]


def ask(
    request: HttpRequest,
    form_class: FormMaker,
    act: Callable[..., Any],
    *,
    initial: dict[str, Any] | None = None,
    title: str | Promise,
    label: str | Promise,
    back: str,
    done: str | Promise,
    intro: str | Promise = "",
    trail: list[tuple[Any, str]] | None = None,
    kind: str = "primary",
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Shows the form; when sent and sound, acts and goes on. What the service refuses stands above the form.

    `act` is a service: it takes `actor` and the fields of the form.
    """
    form = form_class(request.POST or None, actor=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            result = act(actor=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, done)
            return redirect(then(result) if then else back)
    context = {
        "form": form,
        "title": title,
        "label": label,
        "intro": intro,
        "back": back,
        "kind": kind,
        "trail": [*(trail or []), (title, "")],
    }
    return render(request, "people/form.html", context, status=400 if form.errors else 200)
