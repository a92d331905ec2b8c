"""A changed password ends the tokens that were made under the old one."""

from __future__ import annotations

from people.models import AccessToken, User
from people.tokens.services import tokens_end


class TokensEndWithThePassword:
    """Stands in `AUTH_PASSWORD_VALIDATORS`: Django tells validators of every change, by whichever door it came.

    A password that is merely hashed anew at sign-in is no change, and Django does not tell of it.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Every password will do."""

    def get_help_text(self) -> str:
        """Nothing to say about how a password should be."""
        return ""

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Called by Django after the row was saved."""
        if user is not None and user.pk is not None:
            tokens_end(actor=None, person=user, why=AccessToken.Ended.PASSWORD)
