"""The report as a workbook: the same rows as the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.reports.selectors import report_rows

CHUNK = 500


def report_head() -> list[str]:
    """Names of the columns."""
    return [
        _("工号"),
        _("姓名"),
        _("单位"),
        _("课程"),
        _("版本"),
        _("工作室"),
        _("状态"),
        _("进度（%）"),
        _("还差"),
        _("报名时间"),
        _("最近学习"),
        _("学完时间"),
        _("学习时间（分钟）"),
    ]


def state_words(state: str) -> str:
    """The state of an enrolment in a word."""
    return {"done": _("已学完"), "running": _("学习中"), "withdrawn": _("已退出")}[state]


def _local(when: dt.datetime | None) -> dt.datetime | None:
    """Shanghai time without a zone, as a workbook wants it."""
    return timezone.localtime(when).replace(tzinfo=None, microsecond=0) if when else None


def report_sheet(rows: QuerySet[Enrolment], limit: int) -> Iterator[list[object]]:
    """The first `limit` lines of the workbook, fetched in chunks."""
    keys = list(rows.values_list("pk", flat=True)[:limit])
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = {enrolment.pk: enrolment for enrolment in rows.filter(pk__in=chunk)}
        for line in report_rows(found[pk] for pk in chunk if pk in found):
            enrolment, progress = line.enrolment, line.progress
            yield [
                enrolment.person.username,
                enrolment.person.name,
                enrolment.unit_name or "",
                enrolment.release.title,
                enrolment.release.number,
                enrolment.studio.name if enrolment.studio else "",
                state_words(line.state),
                progress.percent if progress else 0,
                line.missing,
                _local(enrolment.enrolled_at),
                _local(progress.last_at if progress else None),
                _local(progress.completed_at if progress else None),
                (progress.study_seconds if progress else 0) // 60,
            ]
