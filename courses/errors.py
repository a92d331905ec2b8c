"""Refusals of `courses`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.errors import Refusal


class CourseNotFound(Refusal):
    """No such course, or not for this person."""

    code = "course_not_found"
    message = _("找不到这门课程，可能已经下架，或不在您的可见范围内。请回到“我的学习”另选一门。")
    status = 404


class LessonNotFound(Refusal):
    """The lesson was taken down, or is not part of the pinned release."""

    code = "lesson_not_found"
    message = _("这一课已经撤下，不能再打开。您学过的记录还在；请到课程页面看看有没有新版本。")
    status = 404


class CourseEmpty(Refusal):
    """A course without lessons cannot be enrolled in."""

    code = "course_empty"
    message = _("这门课程还没有发布课时，请过些时候再来。")


class NotEnrolled(Refusal):
    """An act that needs an open enrolment."""

    code = "not_enrolled"
    message = _("您还没有报名这门课程，请先在课程页面报名。")


class EnrolmentNotFound(Refusal):
    """No such enrolment, or not one that this person may look at."""

    code = "enrolment_not_found"
    message = _("找不到这条学习记录，或者它不属于您负责的单位和工作室。请从学习情况列表里打开。")
    status = 404


class NothingNewer(Refusal):
    """There is no newer release to move to."""

    code = "nothing_newer"
    message = _("您学的已经是最新版本，不用更换。")


class AlreadyCompleted(Refusal):
    """A finished course stays on the release on which it was finished."""

    code = "already_completed"
    message = _("您已经学完这门课程，记录留在当时的版本上，不用更换。")


class NoAttemptsLeft(Refusal):
    """All attempts of a quiz are used."""

    code = "no_attempts_left"
    message = _("这次测验的次数已经用完，请找师傅再给一次机会。")


class OpeningStale(Refusal):
    """The page was opened too long ago, by somebody else, or its mark was changed."""

    code = "opening_stale"
    message = _("这一页打开得太久了，请刷新以后再试。已经保存的进度不会丢。")
    status = 400


class EventRefused(Refusal):
    """An event that cannot be true or is not well formed."""

    code = "event_refused"
    message = _("这条学习记录不符合要求，没有保存。请刷新页面后再学。")
    status = 400


class WatchedTooFast(EventRefused):
    """More video was reported than can have been played."""

    code = "watched_too_fast"
    message = _("上报的观看时间比实际经过的时间还长，没有计入。请按正常速度观看。")


class KeyReused(EventRefused):
    """An event's key was used for another event."""

    code = "key_reused"
    message = _("这条记录的编号已经用过，没有保存。请刷新页面后再学。")
    status = 409


class NotLongEnough(EventRefused):
    """A video is confirmed by form before it can have been watched."""

    code = "not_long_enough"
    message = _("从打开页面到现在的时间还不够看完这段视频，请看完再确认。")
    status = 409
