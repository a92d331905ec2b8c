"""App registration of `courses`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("课程")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses import (
            checks,  # noqa: F401
            searchables,
        )
        from courses.learn_links import courses_teaching
        from courses.lessons import signals as lesson_signals  # noqa: F401
        from courses.lessons.pictures import COURSE_RELEASE, release_pictures
        from courses.questions import signals as question_signals  # noqa: F401
        from kb.pages import learn_links
        from studios.pictures import register_picture_source

        searchables.register_all()
        learn_links.register(courses_teaching)
        register_picture_source(COURSE_RELEASE, release_pictures)
