"""Makes a token on one's own page, and ends one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from people.directory.selectors import person_get_for
from people.directory.services import may_answer_for_sign_in
from people.errors import NotFound, Refusal
from people.models import AccessToken
from people.requests import PersonRequest
from people.sign_in.services import account_key, attempt_begin, attempt_succeeded
from people.tokens.forms import TokenForm
from people.tokens.services import token_make as make
from people.tokens.services import token_revoke as revoke


@never_cache
@require_POST
@login_required
@sensitive_post_parameters("token-password")
def token_make(request: PersonRequest) -> HttpResponse:
    """The new token, shown this once; with faults in the form, the form again."""
    form = TokenForm(request.POST, person=request.user)
    made = None
    if form.is_valid():
        try:
            if _password_is_right(request, form.cleaned_data["password"]):
                made = make(person=request.user, name=form.cleaned_data["name"], days=form.cleaned_data["days"])
            else:
                form.add_error("password", _("密码不对，请重新输入。"))
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
    context = {"form": form, "made": made, "address": request.build_absolute_uri("/api/v1/search")}
    return render(request, "people/token_made.html", context, status=400 if form.errors else 200)


def _password_is_right(request: PersonRequest, password: str) -> bool:
    """Tries are counted as at sign-in: raises `DoorShut` after too many."""
    key = account_key(request.user.username)
    attempt_begin(kind="account", key=key)
    if not request.user.check_password(password):
        return False
    attempt_succeeded(kind="account", key=key, forgets=True)
    return True


@require_POST
@login_required
def token_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Ends one's own token, or that of a person for whose sign-in one answers."""
    token = AccessToken.objects.select_related("person").filter(pk=pk).first()
    if token is None:
        raise NotFound
    own = token.person_id == request.user.pk
    answers = not own and may_answer_for_sign_in(request.user, person_get_for(request.user, token.person_id))
    revoke(actor=request.user, token_id=pk, answers=answers)
    messages.success(request, _("已撤销，用它的程序马上不能再读取。"))
    return redirect(_back(token, own=own))


def _back(token: AccessToken, *, own: bool) -> str:
    return reverse("people:profile") + "#tokens" if own else reverse("people:person", args=[token.person_id])
