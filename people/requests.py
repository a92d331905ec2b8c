"""The request of somebody who has signed in, for views behind `login_required` or `require_role`."""

from __future__ import annotations

from django.http import HttpRequest

from people.models import User


class PersonRequest(HttpRequest):
    """An `HttpRequest` whose user is known; only for type checks, nothing makes one."""

    user: User
