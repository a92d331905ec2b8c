"""Who learns which course, on which release."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.lessons.models import CourseRelease
from courses.lessons.pages import CoursePage
from studios.models import Studio


class EnrolmentSource(models.TextChoices):
    """Who put the person on the course."""

    SELF = "self", _("自己报名")


class Enrolment(models.Model):
    """One person's way through one course. Survives the page; leaving and coming back keeps the row."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments", verbose_name=_("学员")
    )
    course_key = models.UUIDField(_("课程"), db_index=True)
    course = models.ForeignKey(
        CoursePage, models.SET_NULL, null=True, related_name="enrolments", verbose_name=_("课程页面")
    )
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="+", verbose_name=_("工作室"))
    release = models.ForeignKey(CourseRelease, models.PROTECT, related_name="enrolments", verbose_name=_("版本"))
    source = models.CharField(_("来源"), max_length=10, choices=EnrolmentSource.choices, default=EnrolmentSource.SELF)
    enrolled_at = models.DateTimeField(_("报名时间"))
    withdrawn_at = models.DateTimeField(_("退出时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("学习记录")
        verbose_name_plural = _("学习记录")
        ordering = ["-enrolled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key"],
                condition=Q(withdrawn_at__isnull=True),
                name="courses_enrolment_one_open_a_person_and_course",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.release}"
