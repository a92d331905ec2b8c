"""App registration of `apprenticeships`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprenticeshipsConfig(AppConfig):
    name = "apprenticeships"
    verbose_name = _("师带徒")
    default_auto_field = "django.db.models.BigAutoField"
