"""Addresses of `portal`."""

from django.urls import path

from portal.style_page import style_page

app_name = "portal"
urlpatterns = [
    path("style/", style_page, name="style"),
]
