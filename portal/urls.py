"""Addresses of `portal`."""

from django.urls import path

from portal.course_list import course_list
from portal.style_page import style_page
from portal.views import home, me

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("me/", me, name="me"),
    path("courses/", course_list, name="courses"),
    path("style/", style_page, name="style"),
]
