"""Forms at the door: sign in, give a code, set a password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from people.models import User

NEW_PASSWORD_HELP = lazy(lambda: " ".join(filter(None, password_validators_help_texts())), str)()


class SignInForm(LoginForm):
    """Staff number and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        login, password, remember = self.fields["login"], self.fields["password"], self.fields["remember"]
        login.label, login.help_text = _("工号"), _("工牌上的号码，大小写都可以")
        login.widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": "150",
                "autofocus": True,
            }
        )
        password.label, password.help_text = _("密码"), ""
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        remember.label = _("在这台设备上保持登录（公用电脑请不要选）")


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password1 = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=NEW_PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("再输一次新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("两次输入的新密码不一样，请重新输入。"))
        return cleaned


class PasswordChangeForm(ChangePasswordForm):
    """The old password and a new one, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, label, autocomplete in (
            ("oldpassword", _("现在的密码"), "current-password"),
            ("password1", _("新密码"), "new-password"),
            ("password2", _("再输一次新密码"), "new-password"),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = NEW_PASSWORD_HELP if name == "password1" else ""
            self.fields[name].widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})


class MailResetForm(ResetPasswordForm):
    """The address to which a link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("登记过的邮箱")
        self.fields["email"].widget = forms.EmailInput(attrs={"autocomplete": "email"})


class MailResetKeyForm(ResetPasswordKeyForm):
    """The new password after the link in the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("password1", _("新密码")), ("password2", _("再输一次新密码"))):
            self.fields[name].label = label
            self.fields[name].widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class CodeForm(forms.Form):
    """Staff number and the printed code."""

    staff_number = forms.CharField(
        label=_("工号"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    code = forms.CharField(
        label=_("一次性密码"),
        help_text=_("纸条上的 8 位字母和数字，大小写、横线都不要紧"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
