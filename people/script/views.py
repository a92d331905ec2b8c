"""The switch between the original, Simplified and Traditional."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people.script.rules import CHOICES
from people.script.selectors import COOKIE
from people.script.services import ScriptUnknown, script_set

YEAR_S = 365 * 24 * 3600


@require_POST
def script_choose(request: HttpRequest) -> HttpResponse:
    """Keeps the choice, with the person or in a cookie, and goes back to the page."""
    script = request.POST.get("script", "")
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else "/")
    if request.user.is_authenticated:
        script_set(person=request.user, script=script)
    elif script in CHOICES:
        response.set_cookie(
            COOKIE, script, max_age=YEAR_S, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        raise ScriptUnknown
    return response
