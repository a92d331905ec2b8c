"""What people do again and again: sign in, sign out, search."""

from __future__ import annotations

from typing import Any

from people.models import User
from tests.factories.people import PASSWORD


def sign_in(page: Any, person: User, password: str = PASSWORD) -> None:
    """Through the sign-in page, as typed on a phone: small letters."""
    page.goto("/account/login/")
    page.get_by_label("工号").fill(person.username.lower())
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda address: "/account/login" not in address)
