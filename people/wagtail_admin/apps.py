"""Wagtail's user area with our own list: people are kept on the site's pages, not in two places."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersAppConfig(WagtailUsersAppConfig):
    """The same app with another list of users."""

    default = False
    user_viewset = "people.wagtail_admin.users.UserViewSet"
