"""App registration of `kb`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KbConfig(AppConfig):
    name = "kb"
    verbose_name = _("知识库")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kb import checks, searchables, signals  # noqa: F401 - checks register themselves
        from kb.models import ReviewTask
        from studios import review_task

        signals.connect()
        review_task.register(ReviewTask)
        searchables.register_all()
