"""The form for a new token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.tokens import rules

WORDS = {30: _("30 天"), 90: _("90 天"), 180: _("180 天"), 365: _("1 年")}


class TokenForm(forms.Form):
    """What the token is for, how long it lives, and the password: a phone left lying gives no token away."""

    name = forms.CharField(
        label=_("用途"),
        help_text=_("例如“车间大屏”。以后撤销时好认。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label=_("有效期"), coerce=int, choices=[(days, WORDS[days]) for days in rules.LIVES], initial=rules.LIFE
    )
    password = forms.CharField(
        label=_("现在的密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "token")
        super().__init__(*args, label_suffix="", **kwargs)
        self.person = person

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise forms.ValidationError(_("请写明用途。"))
        return name
