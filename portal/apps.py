"""App registration of `portal`."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("门户")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is kept of the only site is forgotten when a site changes."""
        from wagtail.models import Site

        from portal.routing import site_forget

        for signal in (post_save, post_delete):
            signal.connect(site_forget, sender=Site, dispatch_uid="portal.site_forget")
