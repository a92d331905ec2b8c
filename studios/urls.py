"""Addresses of `studios`."""

from django.urls import URLPattern

app_name = "studios"
urlpatterns: list[URLPattern] = []
