"""The door: sign out of a shared phone, the printed code, the way back to a password."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.codes import services as codes
from people.models import OneTimeCode
from people.sign_in.forms import CodeForm, NewPasswordForm
from people.sign_in.services import DoorShut, attempt_begin, attempt_succeeded

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CODE_SESSION_KEY = "people_code"
CODE_SESSION_SECONDS = 15 * 60
# Whoever takes the phone next finds nothing of the person who leaves it.
CLEAR_SITE_DATA = '"cache", "storage"'


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Allauth's page. Whoever is signed in and is sent here by the admin, which is not his, is told so.

    Allauth would send him back, and the admin here again, until the browser gives up.
    """
    to_admin = request.GET.get("next", "").startswith(reverse("wagtailadmin_home"))
    if to_admin and request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return allauth_views.login(request)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks, then signs out and has the browser forget what it kept."""
    if request.method == "GET" and request.user.is_authenticated:
        return render(request, "account/logout.html")
    logout(request)
    response = redirect("people:signed_out")
    response["Clear-Site-Data"] = CLEAR_SITE_DATA
    return response


@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """The page after signing out; it clears local storage too where the browser does not know the header."""
    response = render(request, "account/signed_out.html")
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = CLEAR_SITE_DATA
    return response


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code_enter(request: HttpRequest) -> HttpResponse:
    """First step of the printed code: staff number and code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = get_ip(request)
        try:
            attempt_begin(kind="code", key=address)
            row = codes.code_try(staff_number=form.cleaned_data["staff_number"], typed=form.cleaned_data["code"])
        except (codes.CodeWrong, DoorShut) as refusal:
            form.add_error(None, str(refusal.message))
        else:
            attempt_succeeded(kind="code", key=address, forgets=False)
            request.session.cycle_key()
            request.session[CODE_SESSION_KEY] = {"id": row.pk, "at": timezone.now().timestamp()}
            return redirect("people:code_password")
    return render(request, "account/code.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@csrf_protect
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def code_password(request: HttpRequest) -> HttpResponse:
    """Second step: the new password; then the person is signed in."""
    row = _code_of_session(request)
    if row is None:
        return redirect("people:code_enter")
    form = NewPasswordForm(request.POST or None, user=row.person)
    if request.method == "POST" and form.is_valid():
        person = codes.password_set_by_code(code_id=row.pk, password=form.cleaned_data["password1"])
        attempt_succeeded(kind="account", key=person.username, forgets=True)
        login(request, person, backend=BACKEND)
        request.session.set_expiry(0)
        return redirect(get_adapter(request).get_login_redirect_url(request))
    context = {"form": form, "person": row.person}
    return render(request, "account/code_password.html", context, status=400 if form.errors else 200)


def _code_of_session(request: HttpRequest) -> OneTimeCode | None:
    kept = request.session.get(CODE_SESSION_KEY) or {}
    if timezone.now().timestamp() - kept.get("at", 0) > CODE_SESSION_SECONDS:
        return None
    return OneTimeCode.objects.select_related("person").filter(pk=kept.get("id"), used_at=None).first()


def password_forgotten(request: HttpRequest) -> HttpResponseBase:
    """How to get back in: a mail where mail is set up, a printed code everywhere."""
    if not settings.PASSWORD_RESET_BY_MAIL:
        return render(request, "account/password_forgotten.html")
    return allauth_views.password_reset(request)


def closed(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """Addresses of allauth that this site does not offer."""
    raise Http404


def to_sign_in(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """Other doors (Wagtail's own sign-in pages) lead to ours, with where one was going."""
    response = redirect("account_login")
    query = request.GET.urlencode()
    if query:
        response["Location"] = f"{reverse('account_login')}?{query}"
    return response
