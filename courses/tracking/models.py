"""Learning events, and the projections that follow from them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enrolment.models import Enrolment
from courses.lessons import state
from courses.lessons.models import CourseRelease
from courses.tracking.clock import Window, happened

PAYLOAD_SCHEMA = 1
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def milliseconds(when: dt.datetime) -> int:
    """Whole milliseconds since 1970 (UTC), without the rounding of floats."""
    return (when - EPOCH) // dt.timedelta(milliseconds=1)


def moment(ms: int | None) -> dt.datetime | None:
    """The moment of whole milliseconds since 1970; None stays None."""
    return None if ms is None else EPOCH + dt.timedelta(milliseconds=ms)


class EventKind(models.TextChoices):
    """What happened; xAPI's verb where one fits."""

    REGISTERED = state.REGISTERED, _("报名")
    UNREGISTERED = state.UNREGISTERED, _("退出")
    RESUMED = state.RESUMED, _("回来继续")
    MOVED = state.MOVED, _("换到新版本")
    LAUNCHED = state.LAUNCHED, _("打开")
    PROGRESSED = state.PROGRESSED, _("学习中")
    EXPERIENCED = state.EXPERIENCED, _("确认学完")
    ANSWERED = state.ANSWERED, _("交卷")
    ALLOWED = state.ALLOWED, _("师傅再给一次机会")


class EventSource(models.TextChoices):
    """Through which door an event came."""

    PLAYER = "player", _("播放器")
    FORM = "form", _("表单")
    SERVICE = "service", _("系统")


class LearningEvent(models.Model):
    """One thing that happened. Append-only: triggers refuse update and delete on both databases."""

    key = models.UUIDField(_("编号"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="events", verbose_name=_("学习记录"))
    course_key = models.UUIDField(_("课程"))
    lesson_key = models.UUIDField(_("课"), null=True)
    release = models.ForeignKey(CourseRelease, models.PROTECT, related_name="+", verbose_name=_("版本"))
    kind = models.CharField(_("发生了什么"), max_length=12, choices=EventKind.choices)
    schema = models.PositiveSmallIntegerField(default=PAYLOAD_SCHEMA)
    payload = models.JSONField(_("内容"), default=dict)
    device_at = models.DateTimeField(_("设备时间"), null=True)
    device_id = models.CharField(_("设备"), max_length=64, blank=True)
    received_at = models.DateTimeField(_("收到时间"))
    source = models.CharField(_("来源"), max_length=8, choices=EventSource.choices)

    class Meta:
        verbose_name = _("学习事件")
        verbose_name_plural = _("学习事件")
        ordering = ["received_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="courses_event_key_once_an_actor")]
        indexes = [models.Index(fields=["enrolment", "received_at"], name="courses_event_by_enrolment")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d %H:%M}"

    def fact(self) -> state.Fact:
        """The event as the fold takes it."""
        received = milliseconds(self.received_at)
        opened = self.payload.get("opened_ms", received)
        device = milliseconds(self.device_at) if self.device_at else None
        return state.Fact(
            key=str(self.key),
            kind=self.kind,
            release=self.release_id,
            received=received,
            lesson=str(self.lesson_key) if self.lesson_key else "",
            happened=happened(device, Window(opened, received)),
            sequence=self.pk or 0,
            payload=self.payload,
        )


class LessonProgress(models.Model):
    """How far one learner is in one lesson. `state` is what the fold keeps; the columns are for lists."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="lessons", verbose_name=_("学习记录"))
    lesson_key = models.UUIDField(_("课"))
    state = models.JSONField(default=dict)
    launched_at = models.DateTimeField(_("首次打开"), null=True)
    completed_at = models.DateTimeField(_("完成时间"), null=True)
    study_seconds = models.PositiveIntegerField(_("学习秒数"), default=0)
    best_score = models.PositiveSmallIntegerField(_("最好成绩"), null=True)
    attempts = models.PositiveIntegerField(_("答卷次数"), default=0)

    class Meta:
        verbose_name = _("课时进度")
        verbose_name_plural = _("课时进度")
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson_key"], name="courses_lesson_progress_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_key}"


class CourseProgress(models.Model):
    """How far one learner is in the course. Names what it includes: the number of events and the last one."""

    enrolment = models.OneToOneField(
        Enrolment, models.CASCADE, related_name="progress", primary_key=True, verbose_name=_("学习记录")
    )
    release = models.ForeignKey(CourseRelease, models.PROTECT, related_name="+", verbose_name=_("版本"))
    state = models.JSONField(default=dict)
    required = models.PositiveIntegerField(_("必修课数"), default=0)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    percent = models.PositiveSmallIntegerField(_("进度"), default=0)
    completed_at = models.DateTimeField(_("学完时间"), null=True)
    completed_release = models.ForeignKey(
        CourseRelease, models.PROTECT, null=True, related_name="+", verbose_name=_("学完的版本")
    )
    study_seconds = models.PositiveIntegerField(_("学习秒数"), default=0)
    last_lesson_key = models.UUIDField(_("最近一课"), null=True)
    last_at = models.DateTimeField(_("最近学习"), null=True)
    events = models.PositiveIntegerField(_("事件数"), default=0)
    last_event = models.ForeignKey(LearningEvent, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("课程进度")
        verbose_name_plural = _("课程进度")
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="courses_percent_never_over_100"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.percent}%"
