"""How allauth behaves here: no open registration, doors that shut, staff numbers in any case."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.sign_in import services


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by HR; sign-ins are counted in rows, by account and by address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("工号或密码不对，请核对后再试。连续输错 5 次会暂停 15 分钟。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: HR makes accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt; a shut door is an error of the form that says how long to wait."""
        try:
            services.attempt_begin(kind="address", key=get_ip(request))
            services.attempt_begin(kind="account", key=services.account_key(credentials.get("username", "")))
        except services.DoorShut as shut:
            raise ValidationError(shut.message, code=shut.code) from shut

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or None; a right password takes the attempt back."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            key = services.account_key(credentials.get("username", ""))
            services.attempt_succeeded(kind="account", key=key, forgets=True)
            services.attempt_succeeded(kind="address", key=get_ip(request), forgets=False)
        return user

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing to roll back: allauth's own count is not used."""

    def set_password(self, user: User, password: str) -> None:
        """A password that the person chose himself need not be changed again."""
        user.must_change_password = False
        super().set_password(user, password)
