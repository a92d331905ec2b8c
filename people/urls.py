"""Addresses of `people`."""

from django.urls import path

from people.sign_in import views as door

app_name = "people"
urlpatterns = [
    path("account/signed-out/", door.signed_out, name="signed_out"),
    path("account/code/", door.code_enter, name="code_enter"),
    path("account/code/password/", door.code_password, name="code_password"),
]
