"""App registration of `people`."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def write_role_permissions(app_config: AppConfig, using: str, **_kwargs: Any) -> None:
    """After the last app is migrated, when all rights exist: the rights of the role groups."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if app_config.label != last.label or using != "default":
        return
    from people.roles.permissions import role_permissions_write

    role_permissions_write()


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("人员")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people import signals  # noqa: F401
        from people.audience.choices import register_own_choices
        from people.checks import choices_have_known_tokens, middleware_stands_in_order

        register_own_choices()
        register(choices_have_known_tokens)
        register(middleware_stands_in_order)
        post_migrate.connect(write_role_permissions, dispatch_uid="people.role_permissions")
