"""One's own page: who I am here, my language and text size."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from people.models import User
from people.profile.services import language_set, profile_update
from people.tokens.forms import TokenForm
from people.tokens.selectors import token_rows


class ProfileForm(forms.ModelForm):
    """What a person sets for himself."""

    class Meta:
        model = User
        fields = ("phone", "email", "language", "reading_script", "text_size")
        widgets = {
            "phone": forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "language": forms.RadioSelect,
            "reading_script": forms.RadioSelect,
            "text_size": forms.RadioSelect({"data-text-size": ""}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["reading_script"].required = False  # left out, it stays
        self.fields["reading_script"].help_text = _("文章、课程和搜索结果用哪种文字显示；换字由程序做，以原文为准")
        self.fields["email"].label = _("邮箱")
        self.fields["email"].help_text = _("忘记密码时用来收邮件")
        if not settings.PASSWORD_RESET_BY_MAIL:
            del self.fields["email"]


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Shows and saves one's own settings; name, places and roles are shown only."""
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        profile_update(person=User.objects.get(pk=person.pk), **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, translation.gettext("已保存。"))
        return redirect("people:profile")
    context = {
        "form": form,
        "person": person,
        "postings": person.postings.select_related("unit", "trade", "post"),
        "grants": person.grants.select_related("unit"),
        "today": timezone.localdate(),
        "tokens": token_rows(person),
        "token_form": TokenForm(person=person),
    }
    return render(request, "people/profile.html", context, status=400 if form.errors else 200)


def language(request: HttpRequest) -> HttpResponseBase:
    """The choice of language in the head of the page: kept with the person, or in a cookie for the public."""
    if request.method == "POST" and request.user.is_authenticated:
        code = request.POST.get("language", "")
        if code in dict(settings.LANGUAGES):
            language_set(person=request.user, language=code)
    return set_language(request)
