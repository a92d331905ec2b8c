"""Addresses of `portal`."""

from django.urls import path

from portal.style_page import style_page
from portal.views import home, me

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("me/", me, name="me"),
    path("style/", style_page, name="style"),
]
