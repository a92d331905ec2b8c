"""Addresses of `kb`."""

from django.urls import path, re_path

from kb.pages import views as pages

app_name = "kb"
urlpatterns = [
    re_path(r"^(?P<list_name>methods|cases|textbooks|courseware|answers)/$", pages.page_list, name="list"),
    path("releases/<uuid:page_key>/", pages.history, name="history"),
]
