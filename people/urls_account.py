"""Addresses below /account/: only those of allauth that this site offers."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.urls import path, re_path

from people.profile.views import language
from people.script.views import script_choose
from people.sign_in import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/reset/", views.password_forgotten, name="account_reset_password"),
    path("script/", script_choose, name="script_choose"),
    path("language/", language, name="set_language"),
    # Reversed by allauth itself, offered to nobody.
    path("signup/", views.closed, name="account_signup"),
    path("email/", views.closed, name="account_email"),
    path("password/set/", views.closed, name="account_set_password"),
    path("confirm-email/", views.closed, name="account_email_verification_sent"),
    path("reauthenticate/", views.closed, name="account_reauthenticate"),
]
if settings.PASSWORD_RESET_BY_MAIL:
    urlpatterns += [
        path("password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
        path(
            "password/reset/key/done/",
            allauth_views.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
        re_path(
            r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            allauth_views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
    ]
