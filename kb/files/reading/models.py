"""What was read from a file: the state of the reading, and the file's parts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kb.files.models import File


class ReadingState(models.TextChoices):
    """How far the reading of a file is."""

    WAITING = "waiting", _("等待读取")
    RUNNING = "running", _("正在读取")
    READ = "read", _("已读取")
    PARTLY = "partly", _("只读出一部分")
    FAILED = "failed", _("没有读出")
    REFUSED = "refused", _("不读取")


class ReadingMethod(models.TextChoices):
    """Where the words came from."""

    NONE = "none", _("没有文字")
    TEXT = "text", _("文件里的文字")
    OCR = "ocr", _("文字识别")
    MIXED = "mixed", _("文字和识别")


class PartKind(models.TextChoices):
    """What a part is: the unit of place."""

    PAGE = "page", _("页")
    SLIDE = "slide", _("幻灯片")
    ROW = "row", _("行")
    SECTION = "section", _("节")
    CUE = "cue", _("字幕")


class FileReading(models.Model):
    """One row a file: whether its present content (`file_hash`) was read, and if not, why.

    A worker that runs holds the row until `lease_until`; a row left behind by a worker that died is taken up again.
    """

    file = models.OneToOneField(File, models.CASCADE, related_name="reading", verbose_name=_("文件"))
    state = models.CharField(_("状态"), max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING)
    reason = models.CharField(_("原因"), max_length=24, blank=True)
    method = models.CharField(_("文字来源"), max_length=8, choices=ReadingMethod.choices, default=ReadingMethod.NONE)
    file_hash = models.CharField(max_length=64, blank=True)
    parts = models.PositiveIntegerField(_("处数"), default=0)
    pictures = models.PositiveIntegerField(_("图片数"), default=0)
    attempts = models.PositiveSmallIntegerField(_("读取次数"), default=0)
    queued_at = models.DateTimeField(_("排队时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(_("下次重试"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("文件读取")
        verbose_name_plural = _("文件读取")
        indexes = [models.Index(fields=["state", "next_try_at"], name="kb_reading_state")]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.state}"


class FilePart(models.Model):
    """A place in a file with its words: a page, slide, row, section or the words of some seconds of a film.

    `locator` names it for good: `page:3`, `slide:17`, `row:2.45` (sheet, row), `section:4`, `cue:83000` (ms).
    `layout` lists the lines of its picture as `[words, x0, y0, x1, y1]`, fractions of the picture from its top left;
    of a row its cells as `[column's name, value]`, of the words of a film its cues as `[words, start, end]` (ms).
    A text document that was converted has its sections with the words, and beside them its pages for their pictures:
    `page` of a section is the number of the page on which it begins, and those pages are not searched a second time.
    """

    file = models.ForeignKey(File, models.CASCADE, related_name="parts", verbose_name=_("文件"))
    ordinal = models.PositiveIntegerField(_("次序"))
    kind = models.CharField(_("种类"), max_length=8, choices=PartKind.choices)
    locator = models.CharField(_("位置"), max_length=40)
    number = models.PositiveIntegerField(_("编号"))
    sheet = models.CharField(_("工作表"), max_length=120, blank=True)
    page = models.PositiveIntegerField(_("所在页"), null=True, blank=True)
    title = models.CharField(_("标题"), max_length=400, blank=True)
    text = models.TextField(_("文字"), blank=True)
    start_ms = models.PositiveIntegerField(_("开始（毫秒）"), null=True, blank=True)
    end_ms = models.PositiveIntegerField(_("结束（毫秒）"), null=True, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    layout = models.JSONField(default=list, blank=True)
    is_searched = models.BooleanField(default=True)
    is_ocr = models.BooleanField(_("识别得来"), default=False)

    class Meta:
        verbose_name = _("文件的一处")
        verbose_name_plural = _("文件的各处")
        ordering = ["file", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["file", "ordinal"], name="kb_part_ordinal_once"),
            models.UniqueConstraint(fields=["file", "locator"], name="kb_part_locator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.locator}"


class FilmSubtitles(models.Model):
    """A page shows this film with these subtitles: what is said in it is found on the film and on the page."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+", verbose_name=_("页面"))
    film = models.ForeignKey(File, models.CASCADE, related_name="subtitled", verbose_name=_("视频"))
    subtitles = models.ForeignKey(File, models.CASCADE, related_name="films", verbose_name=_("字幕"))

    class Meta:
        verbose_name = _("视频的字幕")
        verbose_name_plural = _("视频的字幕")
        constraints = [models.UniqueConstraint(fields=["page", "film", "subtitles"], name="kb_film_subtitles_once")]

    def __str__(self) -> str:
        return f"{self.film_id} + {self.subtitles_id}"
