"""What a reader is told of a file that was not read, not yet, or not whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kb.files.reading.models import FileReading, ReadingState
from kb.files.reading.reasons import reason_words
from kb.files.viewing.films import Film
from kb.files.viewing.selectors import View

Words = str | Promise


@dataclass(frozen=True, slots=True)
class State:
    """A notice: its kind as the component of notices names it, two sentences; `again`: looking again may help."""

    kind: str
    title: Words
    text: Words
    again: bool = False


def state_of(reading: FileReading | None, view: View, film: Film | None) -> State | None:
    """None where everything is there."""
    if film is not None and film.subtitles is None:
        return State("info", _("没有字幕"), _("配上字幕文件（vtt）以后，说的每句话都能搜到、点到。"))
    if reading is None or reading.state in (ReadingState.WAITING, ReadingState.RUNNING):
        if view.total:
            return State("info", _("还在读取"), _("文字已经读好，页面图片稍后就有。"), again=True)
        return State("info", _("正在读取，稍后刷新"), _("读好以后可以在这里逐页看；现在可以先下载原文件。"), again=True)
    if reading.state == ReadingState.READ:
        return None if view.total else State("info", _("文件里没有文字"), _("请下载原文件看。"))
    title = _("只读出一部分") if reading.state == ReadingState.PARTLY else _("没有读出里面的文字")
    return State(
        "warning", title, format_lazy("{}{}", reason_words(reading.reason).what, _("完整的内容请下载原文件看。"))
    )
