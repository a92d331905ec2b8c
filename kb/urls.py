"""Addresses of `kb`."""

from django.urls import URLPattern

app_name = "kb"
urlpatterns: list[URLPattern] = []
