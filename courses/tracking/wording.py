"""What is missing and what happened, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.lessons.rules import Reason
from courses.tracking.rules import LessonMissing


def duration_words(seconds: int) -> str:
    """`40 秒`, `12 分钟`, `1 小时 5 分钟`; study time is told in whole units."""
    if seconds < 60:
        return _("%(n)s 秒") % {"n": seconds}
    minutes = seconds // 60
    if minutes < 60:
        return _("%(n)s 分钟") % {"n": minutes}
    return _("%(h)s 小时 %(m)s 分钟") % {"h": minutes // 60, "m": minutes % 60}


def reason_words(reason: Reason) -> str:
    """A sentence for a reason of a rule; a code that nobody worded shows as itself."""
    figures = reason.figures
    if reason.code == "read_longer":
        return _("再读 %(time)s") % {"time": duration_words(figures["seconds"])}
    if reason.code == "watch_more":
        return _("还要看 %(time)s（已看 %(percent)s%%，要看到 %(threshold)s%%）") % {
            "time": duration_words(figures["seconds"]),
            "percent": figures["percent"],
            "threshold": figures["threshold"],
        }
    if reason.code == "quiz_score" and "best" in figures:
        return _("测验要 %(need)s 分，最好成绩 %(best)s 分") % dict(figures)
    if reason.code == "quiz_score":
        return _("测验 %(need)s 分") % dict(figures)
    if reason.code == "no_attempts_left":
        return _("%(attempts)s 次机会已用完，请找师傅再给一次机会") % dict(figures)
    return {
        "not_started": _("还没有开始"),
        "not_confirmed": _("读完后确认"),
        "unknown_type": _("这种课已经停用，请换到新版本"),
    }.get(reason.code, reason.code)


def still_missing(reasons: Sequence[Reason]) -> str:
    """`还差：再读 20 秒，读完后确认`; empty where nothing is missing."""
    if not reasons:
        return ""
    return _("还差：%(words)s") % {"words": _("，").join(reason_words(reason) for reason in reasons)}


def missing_sentence(item: LessonMissing) -> str:
    """`第4课 小测验：测验 80 分`."""
    reasons = _("，").join(reason_words(reason) for reason in item.reasons)
    return _("第%(number)s课 %(title)s：%(reasons)s") % {
        "number": item.lesson.number,
        "title": item.lesson.title,
        "reasons": reasons,
    }


def missing_short(found: Sequence[LessonMissing], limit: int = 3) -> str:
    """`还差：第4课、测验 80 分`; more than `limit` lessons are counted."""
    if not found:
        return ""
    words = []
    for item in found[:limit]:
        score = next((r for r in item.reasons if r.code == "quiz_score"), None)
        need = score.figures["need"] if score else item.lesson.rule.get("pass_score")
        if need is not None:
            words.append(_("测验 %(need)s 分") % {"need": need})
        else:
            words.append(_("第%(number)s课") % {"number": item.lesson.number})
    joined = _("、").join(words)
    if len(found) > limit:
        return _("还差：%(words)s 等 %(count)s 课") % {"words": joined, "count": len(found)}
    return _("还差：%(words)s") % {"words": joined}
