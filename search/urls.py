"""Addresses of `search`."""

from django.urls import path

from search import views
from search.insight.views import opened, wanted
from search.suggest.views import suggest

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("suggest/", suggest, name="suggest"),
    path("opened/", opened, name="opened"),
    path("wanted/", wanted, name="wanted"),
]
