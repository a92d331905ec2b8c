"""App registration of `kb`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KbConfig(AppConfig):
    name = "kb"
    verbose_name = _("知识库")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kb import checks, drafts, searchables, signals  # noqa: F401 - checks register themselves
        from kb.models import ReviewTask
        from kb.publishing.pictures import RELEASE, release_pictures
        from people.actions import register_action_words
        from studios import review_task
        from studios.pictures import register_picture_source

        signals.connect()
        review_task.register(ReviewTask)
        searchables.register_all()
        register_action_words({"file.read_again": _("要求重新读取文件")})
        drafts.register_all()
        register_picture_source(RELEASE, release_pictures)
