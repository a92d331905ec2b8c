"""The admin's list of users: found by name and staff number; making and changing them leads to our own pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.views import users as wagtail_users

from people.access import has_role
from people.directory.selectors import READERS
from people.models import User


class IndexView(wagtail_users.IndexView):
    """Users by staff number, searched in the middle of names too."""

    search_fields = ("name", "username")

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(wagtail_users.UserColumn)
        return [
            title("name", accessor="name", label=_("姓名"), sort_key="name", get_url=self.get_edit_url),
            Column("username", label=_("工号"), sort_key="username", width="20%"),
            BooleanColumn("is_active", label=_("在用"), sort_key="is_active", width="10%"),
            DateColumn("last_login", label=_("上次登录"), sort_key="last_login", width="20%"),
        ]

    def get_edit_url(self, instance: User) -> str:
        return reverse("people:person", args=[instance.pk])

    def get_list_buttons(self, instance: User) -> list[Any]:
        return []

    def get_delete_url(self, instance: User) -> None:
        return None

    def order_queryset(self, queryset: Any) -> Any:
        return (
            queryset.order_by(self.ordering) if self.ordering in ("name", "-name") else super().order_queryset(queryset)
        )


def to_our_list(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """People are added on our own page."""
    return redirect("people:person_new")


def to_our_person(request: HttpRequest, pk: str, **_kwargs: object) -> HttpResponse:
    """A person is changed, and never deleted, on our own page."""
    return redirect("people:person", pk)


def to_people(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """People are not deleted, shut out or given groups by the dozen in the admin: roles and dates decide."""
    return redirect("people:list")


class UserViewSet(wagtail_users.UserViewSet):
    """Lists only."""

    index_view_class = IndexView
    add_view = property(lambda self: to_our_list)
    edit_view = property(lambda self: to_our_person)
    delete_view = property(lambda self: to_our_person)
    copy_view = property(lambda self: to_our_list)

    @cached_property
    def search_area_class(self) -> type[SearchArea]:
        class UsersSearchArea(SearchArea):
            def is_shown(self, request: HttpRequest) -> bool:
                return has_role(request.user, *READERS)

        return UsersSearchArea
