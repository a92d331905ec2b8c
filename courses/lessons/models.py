"""What an enrolment pins: a release of a course, append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from studios.models import Studio


class CourseRelease(models.Model):
    """The course as it stood when its live pages changed: outline (what is asked) and content (what is shown).

    `outline`: {"schema", "lessons": [{"key", "type", "title", "required", "minutes", "rule"}]}; `content`: by lesson
    key, what the type's `released_content()` gave. The database refuses change and deletion.
    """

    course_key = models.UUIDField(_("课程"))
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="+", verbose_name=_("工作室"))
    number = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("名称"), max_length=255)
    outline = models.JSONField(_("大纲"))
    content = models.JSONField(_("内容"))
    sha256 = models.CharField(max_length=64, editable=False)
    released_at = models.DateTimeField(_("发布时间"), auto_now_add=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("课程版本")
        verbose_name_plural = _("课程版本")
        ordering = ["course_key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course_key", "number"], name="courses_release_number_once_a_course")
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"
